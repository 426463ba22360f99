package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn root}: the federation root, which says who belongs to the network. */
@Command(
        name = "root",
        description = "Make and sign the federation root, which says who belongs to the network.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RootCreateCommand.class, RootSignCommand.class, RootShowCommand.class},
        footer = {"", "Example: samsyn root show root.note"})
final class RootCommand {}
