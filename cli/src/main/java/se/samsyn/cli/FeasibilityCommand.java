package se.samsyn.cli;

import picocli.CommandLine.Command;

/** {@code samsyn feasibility}: asks members whether they can take part in a trial, answers, and shows who answered what. */
@Command(
        name = "feasibility",
        description =
                "Ask members whether they can take part in a trial, answer, and see everybody's answers and silence.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            FeasibilityAskCommand.class,
            FeasibilityListCommand.class,
            FeasibilityShowCommand.class,
            FeasibilityAnswerCommand.class
        },
        footer = {"", "Example: samsyn feasibility list --config skane/node.json"})
final class FeasibilityCommand {}
