package se.samsyn.cli.audit;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/** The auditor's jar: the commands of {@code samsyn audit} and nothing of a node. */
public final class AuditMain {
    private static final int REFUTED = 1;
    private static final int COULD_NOT_CHECK = 2;

    private AuditMain() {}

    public static void main(String[] arguments) {
        // a library that logs would complain that nobody listens
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(
                CommandSpec.forAnnotatedObject(new AuditCommand()).name("samsyn-audit"));
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("samsyn-audit: " + failure.getMessage());
            if (failure instanceof RefutedException || failure instanceof MalformedException) {
                return REFUTED;
            }
            if (!(failure instanceof AuditException)) {
                failure.printStackTrace(command.getErr());
            }
            return COULD_NOT_CHECK;
        });
        line.setParameterExceptionHandler((failure, unused) -> misused(failure));
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    private static int misused(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        command.getErr()
                .println("samsyn-audit: " + failure.getMessage() + ". See `"
                        + command.getCommandSpec().qualifiedName() + " --help`");
        return COULD_NOT_CHECK;
    }
}
