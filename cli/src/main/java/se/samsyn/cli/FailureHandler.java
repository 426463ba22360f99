package se.samsyn.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import se.samsyn.cli.audit.AuditException;
import se.samsyn.node.NodeStartException;
import se.samsyn.node.config.ConfigException;
import se.samsyn.node.key.KeyFileException;
import se.samsyn.node.ops.BackupException;
import se.samsyn.node.setup.SetupException;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/** Says what went wrong in one paragraph, without a stack trace where the message says it all. */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("samsyn: " + failure.getMessage());
        if (failure instanceof RefusedException
                || failure instanceof RefutedException
                || failure instanceof MalformedException) {
            return REFUSED;
        }
        if (!isExplained(failure)) {
            failure.printStackTrace(command.getErr());
        }
        return COULD_NOT_RUN;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr()
                .println("samsyn: " + message(failure) + ". See `"
                        + command.getCommandSpec().qualifiedName() + " --help`");
        return COULD_NOT_RUN;
    }

    /** The parser begins some of its sentences with a word that is said already. */
    private static String message(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }

    private static boolean isExplained(Exception failure) {
        return failure instanceof ApiException
                || failure instanceof AuditException
                || failure instanceof SetupException
                || failure instanceof ConfigException
                || failure instanceof KeyFileException
                || failure instanceof StoreException
                || failure instanceof BackupException
                || failure instanceof NodeStartException;
    }
}
