package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.Json;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;

/** Asks a node over its user listener, with a token. */
public final class ApiClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final URI url;
    private final String token;

    /**
     * Makes a client.
     *
     * @param url of the user listener
     * @param token the secret itself
     */
    public ApiClient(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /**
     * Gets bytes.
     *
     * @throws RefusedException if the node refuses the question
     * @throws ApiException if it cannot be asked or cannot answer
     */
    public byte[] get(String path) {
        return body(path, send(request(path).GET().build()));
    }

    /** Gets bytes, or nothing if the node does not have them. */
    public Optional<byte[]> find(String path) {
        HttpResponse<byte[]> response = send(request(path).GET().build());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(body(path, response));
    }

    /** Posts a body and reads the answer as JSON; throws as {@link #get} does. */
    public JsonNode post(String path, String mediaType, byte[] body) {
        return Json.parse(ask(path, mediaType, body));
    }

    /** Posts a body and gives the answer as it comes; throws as {@link #get} does. */
    public byte[] ask(String path, String mediaType, byte[] body) {
        HttpRequest post = request(path)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return body(path, send(post));
    }

    /**
     * Posts a file from the disk, of which no more than a buffer is held in memory, and reads the answer as JSON; throws as {@link #get}
     * does.
     *
     * @param sent is told how many bytes have gone so far
     */
    public JsonNode postFile(String path, String mediaType, Path file, LongConsumer sent) {
        long length;
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw new SetupException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
        HttpRequest.Builder post = request(path).header("Content-Type", mediaType);
        // a publisher of a known length must have bytes
        BodyPublisher body = length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> CountedStream.open(file, sent)), length);
        return Json.parse(body(path, send(post.POST(body).build())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new ApiException("cannot reach the node at " + url + ": " + reason(e) + ". Is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while asking the node at " + url, e);
        }
    }

    private byte[] body(String path, HttpResponse<byte[]> response) {
        if (response.statusCode() == OK || response.statusCode() == ACCEPTED) {
            return response.body();
        }
        String detail = detail(response.body());
        if (response.statusCode() == UNAUTHORIZED) {
            throw new ApiException(
                    "the node at " + url + " answers 401: it does not know this token; give one of its own"
                            + " with --config or --token-file");
        }
        if (response.statusCode() >= SERVER_ERROR) {
            throw new ApiException(
                    "the node at " + url + " answers " + response.statusCode() + " for " + path + ": " + detail);
        }
        throw new RefusedException(detail);
    }

    private static String detail(byte[] body) {
        try {
            JsonNode detail = Json.parse(body).path("detail");
            if (detail.isTextual()) {
                return detail.textValue();
            }
        } catch (MalformedException e) {
            // then it is shown as it came
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "nothing listens there";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
