package se.samsyn.node.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.config.Role;
import se.samsyn.node.config.Token;

/** Lets a request pass only with a bearer token (RFC 6750) of at least a role. */
final class TokenGuard {
    private static final String SCHEME = "Bearer ";
    private static final int MAX_TOKEN_LENGTH = 512;

    private final List<Token> tokens;

    TokenGuard(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    Handler<RoutingContext> requires(Role role) {
        return request -> {
            Optional<Token> token = find(request.request().getHeader(HttpHeaders.AUTHORIZATION));
            if (token.isEmpty()) {
                request.response().putHeader("WWW-Authenticate", "Bearer realm=\"samsyn\"");
                Problem.answer(
                        request,
                        401,
                        "A token is needed",
                        "send the header Authorization: Bearer TOKEN with one of the tokens that `samsyn init` made");
            } else if (!token.get().role().includes(role)) {
                Problem.answer(
                        request,
                        403,
                        "Not allowed",
                        "token " + token.get().name() + " has the role "
                                + token.get().role().wireName() + ", this needs " + role.wireName());
            } else {
                request.next();
            }
        };
    }

    private Optional<Token> find(@Nullable String header) {
        if (header == null || !header.startsWith(SCHEME) || header.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        String secret = header.substring(SCHEME.length());
        return tokens.stream().filter(token -> token.matches(secret)).findFirst();
    }
}
