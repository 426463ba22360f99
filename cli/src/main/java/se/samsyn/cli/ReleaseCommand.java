package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn release}: the release officer's work. */
@Command(
        name = "release",
        description =
                "See what is about to leave the region, cell by cell, release or hold it, and withdraw what has left.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReleaseListCommand.class,
            ReleaseShowCommand.class,
            ReleaseDiffCommand.class,
            ReleaseApproveCommand.class,
            ReleaseHoldCommand.class,
            ReleaseRetractCommand.class,
            ReleaseExportCommand.class,
            ReleaseSignCommand.class,
            ReleaseImportCommand.class,
            ReleaseKeyCommand.class
        },
        footer = {
            "",
            "Datasets in automaticRelease of the configuration are released by rule; what the rule leaves out waits here.",
            "Example: samsyn release list --config skane/node.json"
        })
final class ReleaseCommand {}
