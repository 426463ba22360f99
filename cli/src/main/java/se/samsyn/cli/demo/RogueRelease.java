package se.samsyn.cli.demo;

import java.util.Optional;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;

/** A member that signs a summary past its node's disclosure control, with the publisher key that it owns. */
final class RogueRelease {
    private RogueRelease() {}

    static byte[] sign(DemoNode node, FederationRoot root, DatasetDefinition definition, Period period, byte[] body) {
        NodeConfig config = ConfigFile.read(node.configFile());
        SigningKey publisher = KeyFile.open(
                        config.keyFile(),
                        PrivateFiles.readSecret(config.passwordFile()).toCharArray(),
                        config.node())
                .newest()
                .publisher();
        SummaryStatement statement = new SummaryStatement(
                config.node(),
                root.version(),
                definition.dataset(),
                definition.hash(),
                period,
                Hash.sha256(body),
                body.length,
                Optional.empty());
        return SignedStatement.sign(statement, publisher);
    }
}
