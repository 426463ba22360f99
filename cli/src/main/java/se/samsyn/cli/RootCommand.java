package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn root}: the federation root, which says who belongs to the network. */
@Command(
        name = "root",
        description = "Make, change and sign the federation root, which says who belongs to the network.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RootCreateCommand.class,
            RootProposeCommand.class,
            RootSignCommand.class,
            RootAcceptCommand.class,
            RootShowCommand.class,
            RootDiffCommand.class
        },
        footer = {"", "Example: samsyn root show root.note"})
final class RootCommand {}
