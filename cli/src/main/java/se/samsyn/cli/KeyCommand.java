package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn key}: the keys of a node. */
@Command(
        name = "key",
        description = "Add keys to a node's key file, to replace older ones.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyAddCommand.class},
        footer = {"", "Example: samsyn key add witness --config skane/node.json"})
final class KeyCommand {}
