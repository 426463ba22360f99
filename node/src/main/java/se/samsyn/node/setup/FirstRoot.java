package se.samsyn.node.setup;

import java.time.Instant;
import java.util.List;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootText;

/** Version 1 of a federation root, put together from several members' lines and signed by their root keys. */
public final class FirstRoot {
    /** The fewest members whose witnesses can make a quorum that tolerates nobody's lies. */
    public static final int MIN_MEMBERS = 2;

    private FirstRoot() {}

    /**
     * Puts the text together.
     *
     * @param network the network's name
     * @param members each member's lines
     * @param threshold how many root keys sign a version
     * @param definitions the datasets that the network agrees on
     * @throws se.samsyn.protocol.MalformedException with everything that does not fit together
     */
    public static FederationRoot of(
            String network,
            List<MemberLines> members,
            int threshold,
            List<DatasetDefinition> definitions,
            Instant issued,
            Instant expires) {
        RootText text = new RootText(network).valid(issued, expires).threshold(threshold);
        members.forEach(text::member);
        definitions.forEach(definition -> text.dataset(definition.dataset(), definition.hash()));
        return text.build();
    }
}
