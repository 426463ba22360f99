package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** Finds in a view's JSON what tests ask for. */
final class ViewReader {
    private ViewReader() {}

    static JsonNode row(JsonNode view, String region) {
        return StreamSupport.stream(view.get("rows").spliterator(), false)
                .filter(row -> row.get("home-region").textValue().equals(region))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode member(JsonNode view, String node) {
        return StreamSupport.stream(view.get("members").spliterator(), false)
                .filter(member -> member.get("node").textValue().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** A member's state in the first period of the view. */
    static String state(JsonNode view, String node) {
        return member(view, node).at("/periods/0/state").textValue();
    }

    /** Why a member is rejected in the first period of the view. */
    static String reason(JsonNode view, String node) {
        assertThat(state(view, node)).isEqualTo("rejected");
        return member(view, node).at("/periods/0/reason").textValue();
    }
}
