package se.samsyn.cli.audit;

import picocli.CommandLine.Command;

/** {@code samsyn audit}: verifies offline what a network says. */
@Command(
        name = "audit",
        description = "Verify offline that what a network says follows from what its members signed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditVerifyCommand.class, AuditEvidenceCommand.class},
        footer = {
            "",
            "Example: samsyn audit verify demo-out"
                    + " --root-hash 3b1f4c0e9a7d52686f0e1d2c3b4a59687766554433221100ffeeddccbbaa9988"
        })
public final class AuditCommand {}
