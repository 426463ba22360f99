package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import se.samsyn.cli.audit.AuditCommand;

/** The command {@code samsyn}. */
@Command(
        name = "samsyn",
        description =
                "One provable national picture of clinical trials and their costs; every region keeps its own data.",
        mixinStandardHelpOptions = true,
        versionProvider = Samsyn.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RootCommand.class,
            KeyCommand.class,
            RunCommand.class,
            ImportCommand.class,
            DeleteCommand.class,
            FindingsCommand.class,
            ReleaseCommand.class,
            SettlementCommand.class,
            StatusCommand.class,
            FsckCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ViewCommand.class,
            FeasibilityCommand.class,
            AuditCommand.class,
            BenchCommand.class
        },
        footer = {"", "Example: samsyn demo --once --out demo-out"})
public final class Samsyn {
    private Samsyn() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, writing UTF-8 whatever the platform's charset is. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Samsyn());
        // the others of this group also come without a node, so that they cannot name one that asks a node
        Objects.requireNonNull(line.getSubcommands().get("audit")).addSubcommand(new AuditCollectCommand());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        FailureHandler failures = new FailureHandler();
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        line.setUsageHelpAutoWidth(true);
        explainExitCodes(line);
        return line;
    }

    /** Every command's help says what its exit codes mean, which is the same for all. */
    private static void explainExitCodes(CommandLine command) {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("0", "done or verified");
        meanings.put("1", "refuted or refused");
        meanings.put("2", "could not run");
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(meanings);
        command.getSubcommands().values().forEach(Samsyn::explainExitCodes);
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Samsyn.class.getPackage().getImplementationVersion();
            return new String[] {"samsyn " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
