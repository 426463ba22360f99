package se.samsyn.node;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.config.Address;

/** Waits until a listener is bound, and says what to do if it cannot be. */
final class Binding {
    private static final long START_TIMEOUT_SECONDS = 30;

    private Binding() {}

    /**
     * Waits.
     *
     * @return where it is bound
     * @throws NodeStartException if it cannot bind
     */
    static Address await(String listener, Address address, Future<Address> bound) {
        try {
            return bound.toCompletionStage().toCompletableFuture().get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new NodeStartException(
                    "the " + listener + " listener cannot bind to " + address + ": "
                            + bindTrouble(listener, e.getCause()),
                    e);
        } catch (TimeoutException e) {
            throw new NodeStartException("the " + listener + " listener did not bind to " + address + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeStartException("interrupted while binding to " + address, e);
        }
    }

    private static String bindTrouble(String listener, @Nullable Throwable cause) {
        String message = cause == null ? "" : String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return "another process uses the port. Is this node running already? Else stop the other process, or set "
                    + listener + ".port in the configuration to a free one";
        }
        if (message.contains("assign requested address")) {
            return "this machine has no such address; set " + listener
                    + ".host in the configuration to one that it has";
        }
        if (message.contains("ermission denied")) {
            return "permission denied: ports below 1024 are for processes with privileges; set " + listener
                    + ".port in the configuration to a higher one";
        }
        return message + "; check " + listener + ".host and " + listener + ".port in the configuration";
    }
}
