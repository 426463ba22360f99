package se.samsyn.protocol.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.VerifiedStatement;

/**
 * What all logs say about feasibility: the requests, the answers to each by member in the order of its log, and what became of the
 * summaries that the answers rest on. An answer may come before its request, as logs take turns in any order.
 */
final class FeasibilityFold {
    private final Map<Hash, FeasibilityRequest> requests = new HashMap<>();
    private final Map<Hash, Map<String, List<FeasibilityAnswer>>> answers = new HashMap<>();
    private final Map<Cited, Verdict> verdicts = new HashMap<>();

    /** A released body that an answer rests on. */
    record Cited(String node, Subject subject, Hash sha256) {
        static Cited by(String node, FeasibilityAnswer.Eligible eligible) {
            return new Cited(node, new Subject(eligible.dataset(), eligible.period()), eligible.sha256());
        }
    }

    /** Takes an entry of a member's log that counts; gives what is to be judged for it. */
    Optional<Cited> append(String node, VerifiedStatement entry) {
        Statement statement = entry.statement();
        if (!statement.node().equals(node)) {
            return Optional.empty();
        }
        if (statement instanceof FeasibilityRequest request) {
            requests.put(entry.leafHash(), request);
        }
        if (statement instanceof FeasibilityAnswer answer) {
            answers.computeIfAbsent(answer.request(), key -> new TreeMap<>())
                    .computeIfAbsent(node, key -> new ArrayList<>())
                    .add(answer);
            Optional<Cited> cited = answer.eligible().map(eligible -> Cited.by(node, eligible));
            cited.ifPresent(one -> verdicts.putIfAbsent(
                    one,
                    new Verdict.NotCounted(Standing.rejected("the summary that it names is of no dataset kept here"))));
            return cited;
        }
        return Optional.empty();
    }

    /** What answers rest on of one subject in one log. */
    List<Cited> cited(String node, Subject subject) {
        return verdicts.keySet().stream()
                .filter(one -> one.node().equals(node) && one.subject().equals(subject))
                .toList();
    }

    void replace(Cited cited, Verdict verdict) {
        verdicts.put(cited, verdict);
    }

    Optional<Verdict> verdict(Cited cited) {
        return Optional.ofNullable(verdicts.get(cited));
    }

    /** The requests by leaf hash, sorted by day and hash. */
    List<Map.Entry<Hash, FeasibilityRequest>> requests() {
        return requests.entrySet().stream()
                .sorted(Map.Entry.<Hash, FeasibilityRequest>comparingByValue(
                                Comparator.comparing(FeasibilityRequest::asked))
                        .thenComparing(entry -> entry.getKey().toHex()))
                .toList();
    }

    Optional<FeasibilityRequest> request(Hash leafHash) {
        return Optional.ofNullable(requests.get(leafHash));
    }

    /** A member's answers to a request, oldest first. */
    List<FeasibilityAnswer> answers(Hash request, String node) {
        return List.copyOf(answers.getOrDefault(request, Map.of()).getOrDefault(node, List.of()));
    }

    /** Who has answered a request, asked or not. */
    Collection<String> answered(Hash request) {
        return answers.getOrDefault(request, Map.of()).keySet();
    }
}
