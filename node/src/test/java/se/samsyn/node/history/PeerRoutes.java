package se.samsyn.node.history;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.node.NodeParts;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.witness.AddCheckpointResult;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.VerifiedRoot;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;

/** What a node's peer listener answers, without HTTP. */
final class PeerRoutes {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final NodeParts parts;
    private final RootKeeper roots;

    PeerRoutes(NodeParts parts, RootKeeper roots) {
        this.parts = parts;
        this.roots = roots;
    }

    PeerResponse answer(Request request) {
        try {
            if (request.isPost()) {
                return parts.member()
                        .map(member -> posted(member.witness().addCheckpoint(request.body())))
                        .orElseGet(() -> notFound("no member"));
            }
            return get(request.path())
                    .map(bytes -> new PeerResponse(OK, bytes))
                    .orElseGet(() -> notFound("it is not held here"));
        } catch (MalformedException e) {
            return notFound(String.valueOf(e.getMessage()));
        }
    }

    private static PeerResponse posted(AddCheckpointResult result) {
        return new PeerResponse(result.status(), result.body().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<byte[]> get(String path) {
        String[] words = path.split("/", -1);
        if (words[1].equals("log")) {
            return ofLog(words[2], path.substring(path.indexOf(words[2]) + words[2].length() + 1));
        }
        if (words[1].equals("root")) {
            long version = CanonicalDecimal.parse("the version of the root", words[2]);
            return roots.chain().versions().stream()
                    .filter(each -> each.root().version() == version)
                    .map(VerifiedRoot::note)
                    .findFirst()
                    .map(SignedNote::encode);
        }
        Hash origin = Hash.parseHex(words[1]);
        return parts.member().flatMap(member -> member.witness().newest(origin)).map(SignedNote::encode);
    }

    private Optional<byte[]> ofLog(String node, String path) {
        StoredLog log = parts.logs().get(node);
        if (log == null) {
            return Optional.empty();
        }
        Map<String, Function<String, Optional<byte[]>>> routes = Map.of(
                "checkpoint", rest -> log.published().map(SignedNote::encode),
                "summary", rest -> log.body(Hash.parseHex(rest.substring("summary/".length()))),
                "tile", rest -> tile(log, rest));
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        Function<String, Optional<byte[]>> route = routes.get(first);
        return route == null ? Optional.empty() : route.apply(path);
    }

    private static Optional<byte[]> tile(StoredLog log, String path) {
        TilePath parsed = TilePath.parse(path);
        Tile tile = parsed.tile();
        return parsed.kind() == TilePath.Kind.ENTRIES
                ? log.bundle(tile.index(), tile.width())
                : log.tile(tile.level(), tile.index(), tile.width());
    }

    private static PeerResponse notFound(String why) {
        return new PeerResponse(NOT_FOUND, why.getBytes(StandardCharsets.UTF_8));
    }
}
