package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn settlement}: what the region settles with each other one. */
@Command(
        name = "settlement",
        description =
                "Settle invoices with other members, quarter by quarter: only the two see the lines, and both sign.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SettlementListCommand.class, SettlementShowCommand.class, SettlementSendCommand.class},
        footer = {
            "",
            "Nothing is sent but by `samsyn settlement send`; what others send is answered from the received invoices.",
            "Example: samsyn settlement list --config skane/node.json"
        })
final class SettlementCommand {}
