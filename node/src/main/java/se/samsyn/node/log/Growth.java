package se.samsyn.node.log;

import java.util.List;
import se.samsyn.protocol.tlog.ChangedTile;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;

/** What a log becomes with more entries: its head before and after, and the tiles that change. */
public record Growth(TreeHead before, TileTree.Appended appended, List<byte[]> entries) {
    /** Size and root with the new entries. */
    public TreeHead head() {
        return appended.head();
    }

    List<ChangedTile> tiles() {
        return appended.tiles();
    }
}
