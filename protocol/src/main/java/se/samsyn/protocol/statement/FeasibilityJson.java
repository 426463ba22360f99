package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statistic.Figure;

/** Reads requests and answers of feasibility whose JSON has passed its schema. */
final class FeasibilityJson {
    private FeasibilityJson() {}

    static FeasibilityRequest request(JsonNode json) {
        TreeMap<String, List<String>> criteria = new TreeMap<>();
        json.path(StatementJson.CRITERIA)
                .properties()
                .forEach(each -> criteria.put(each.getKey(), texts(each.getValue())));
        return new FeasibilityRequest(
                json.path(StatementJson.NODE).asText(),
                json.path(StatementJson.ROOT).asLong(),
                day(json, StatementJson.ASKED),
                json.path(StatementJson.TITLE).asText(),
                text(json, StatementJson.PRODUCT),
                json.path(StatementJson.DATASET).asText(),
                Hash.parseHex(json.path(StatementJson.DEFINITION).asText()),
                json.path(StatementJson.TABLE).asText(),
                criteria,
                month(json),
                day(json, StatementJson.DEADLINE),
                texts(json.path(StatementJson.MEMBERS)));
    }

    static FeasibilityAnswer answer(JsonNode json) {
        List<FeasibilityAnswer.Site> sites = new ArrayList<>();
        for (JsonNode site : json.path(StatementJson.SITES)) {
            sites.add(new FeasibilityAnswer.Site(
                    site.path("name").asText(),
                    FeasibilityAnswer.SiteRole.valueOf(
                            site.path("role").asText().toUpperCase(Locale.ROOT))));
        }
        JsonNode eligible = json.path(StatementJson.ELIGIBLE);
        return new FeasibilityAnswer(
                json.path(StatementJson.NODE).asText(),
                json.path(StatementJson.ROOT).asLong(),
                Hash.parseHex(json.path(StatementJson.REQUEST).asText()),
                day(json, StatementJson.ANSWERED),
                FeasibilityAnswer.Interest.valueOf(
                        json.path(StatementJson.INTEREST).asText().toUpperCase(Locale.ROOT)),
                json.has(StatementJson.CAPACITY)
                        ? OptionalLong.of(json.path(StatementJson.CAPACITY).asLong())
                        : OptionalLong.empty(),
                json.has(StatementJson.START) ? Optional.of(month(json)) : Optional.empty(),
                sites,
                text(json, StatementJson.NOTE),
                eligible.isMissingNode() ? Optional.empty() : Optional.of(eligible(eligible)));
    }

    private static FeasibilityAnswer.Eligible eligible(JsonNode json) {
        return new FeasibilityAnswer.Eligible(
                json.path(StatementJson.DATASET).asText(),
                Period.parse(json.path(StatementJson.PERIOD).asText()),
                Hash.parseHex(json.path(StatementJson.SHA256).asText()),
                figure(json.path(StatementJson.FIGURE)));
    }

    private static Figure figure(JsonNode json) {
        if (json.has("exact")) {
            return new Figure.Exact(json.path("exact").asLong());
        }
        if (json.has("atLeast")) {
            return new Figure.AtLeast(json.path("atLeast").asLong());
        }
        long from = json.path("from").asLong();
        long to = json.path("to").asLong();
        if (from >= to) {
            throw new MalformedException("/eligible/figure: an interval goes up, not from " + from + " to " + to);
        }
        return new Figure.Interval(from, to);
    }

    private static LocalDate day(JsonNode json, String field) {
        try {
            return LocalDate.parse(json.path(field).asText());
        } catch (DateTimeException e) {
            throw new MalformedException("/" + field + ": \"" + json.path(field).asText() + "\" is no day", e);
        }
    }

    private static YearMonth month(JsonNode json) {
        try {
            return YearMonth.parse(json.path(StatementJson.START).asText());
        } catch (DateTimeException e) {
            throw new MalformedException(
                    "/start: \"" + json.path(StatementJson.START).asText() + "\" is no month", e);
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.path(field).textValue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
