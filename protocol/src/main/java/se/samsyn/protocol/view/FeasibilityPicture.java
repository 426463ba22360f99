package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.summary.CarryOver;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.view.FeasibilityView.EligibleState;
import se.samsyn.protocol.view.FeasibilityView.Part;
import se.samsyn.protocol.view.FeasibilityView.State;

/**
 * Judges requests and answers at a basis. Days are what the statements themselves say; what a quorum vouches for bounds them from above,
 * as nothing in a log is from after the time at which a quorum saw it.
 */
final class FeasibilityPicture {
    private final FederationRoot root;
    private final FeasibilityFold fold;
    private final Function<Hash, Optional<DatasetDefinition>> definitions;

    /**
     * Over what the logs say.
     *
     * @param definitions the definition with a hash, if it is kept
     */
    FeasibilityPicture(
            FederationRoot root, FeasibilityFold fold, Function<Hash, Optional<DatasetDefinition>> definitions) {
        this.root = root;
        this.fold = fold;
        this.definitions = definitions;
    }

    /** The requests, oldest first, with how many of the asked have answered. */
    ArrayNode list(Basis basis) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<Hash, FeasibilityRequest> entry : fold.requests()) {
            FeasibilityRequest request = entry.getValue();
            Optional<String> fault = fault(request, basis);
            ObjectNode json = list.addObject()
                    .put("feasibility", entry.getKey().toHex())
                    .put("node", request.node())
                    .put("title", request.title())
                    .put("asked", request.asked().toString())
                    .put("deadline", request.deadline().toString())
                    .put("members", request.members().size())
                    .put(
                            "answered",
                            request.members().stream()
                                    .filter(fold.answered(entry.getKey())::contains)
                                    .count())
                    .put(
                            "state",
                            fault.isPresent()
                                    ? "rejected"
                                    : basis.today().isAfter(request.deadline()) ? "closed" : "open");
            fault.ifPresent(reason -> json.put("reason", reason));
        }
        return list;
    }

    /**
     * A request that counts.
     *
     * @throws RefutedException if there is none, or it does not hold, saying why
     */
    FeasibilityRequest request(Hash id, Basis basis) {
        FeasibilityRequest request = fold.request(id)
                .orElseThrow(() -> new RefutedException("no log has a feasibility request " + id
                        + " under a quorum; `samsyn feasibility list` lists those that there are"));
        fault(request, basis).ifPresent(reason -> {
            throw new RefutedException("the feasibility request " + id + " does not count: " + reason);
        });
        return request;
    }

    FeasibilityView view(Hash id, Basis basis) {
        FeasibilityRequest request = request(id, basis);
        List<Part> parts = new ArrayList<>();
        for (Member member : root.members().stream()
                .sorted((a, b) -> a.node().compareTo(b.node()))
                .toList()) {
            boolean asked = request.members().contains(member.node());
            if (asked || fold.answered(id).contains(member.node())) {
                parts.add(part(id, request, member, asked, basis));
            }
        }
        List<String> notMembers = request.members().stream()
                .filter(node -> root.member(node).isEmpty())
                .toList();
        return new FeasibilityView(id, request, basis, NationalView.isCurrent(root, basis), parts, notMembers);
    }

    private Part part(Hash id, FeasibilityRequest request, Member member, boolean asked, Basis basis) {
        List<FeasibilityAnswer> answers = fold.answers(id, member.node());
        Optional<LogBasis> log = basis.log(member.node());
        if (answers.isEmpty()) {
            State state = basis.today().isAfter(request.deadline()) ? State.SILENT : State.AWAITED;
            return part(member, asked, log, state, null, Optional.empty(), answers, EligibleState.UNTOLD, null);
        }
        FeasibilityAnswer newest = answers.get(answers.size() - 1);
        Optional<LocalDate> first = answers.stream()
                .filter(answer -> datesFault(request, answer, log).isEmpty())
                .map(FeasibilityAnswer::answered)
                .findFirst();
        Optional<Long> days = first.map(day -> ChronoUnit.DAYS.between(request.asked(), day));
        State answered =
                first.filter(day -> !day.isAfter(request.deadline())).isPresent() ? State.ANSWERED : State.LATE;
        Optional<String> fault = datesFault(request, newest, log);
        if (fault.isPresent()) {
            return rejected(member, asked, log, fault.get(), days, answers);
        }
        if (newest.eligible().isEmpty()) {
            return part(member, asked, log, answered, null, days, answers, EligibleState.UNTOLD, null);
        }
        FeasibilityAnswer.Eligible eligible = newest.eligible().get();
        if (!eligible.dataset().equals(request.dataset())) {
            return rejected(member, asked, log, "it counts in dataset " + eligible.dataset(), days, answers);
        }
        Verdict verdict =
                fold.verdict(FeasibilityFold.Cited.by(member.node(), eligible)).orElseThrow();
        if (verdict instanceof Verdict.NotCounted notCounted) {
            if (notCounted.standing().state() == MemberState.WITHDRAWN) {
                return part(member, asked, log, answered, null, days, answers, EligibleState.WITHDRAWN, null);
            }
            String reason = "the summary that it rests on: "
                    + notCounted.standing().reason().orElse("rejected");
            return rejected(member, asked, log, reason, days, answers);
        }
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        Optional<String> incomparable = carryOver(accepted, request).reason(request.table());
        if (incomparable.isPresent()) {
            return rejected(member, asked, log, "the summary that it rests on is " + incomparable.get(), days, answers);
        }
        TableValues values = values(accepted, request);
        Figure expected = EligibleFigure.of(values, request.criteria());
        if (!expected.equals(eligible.figure())) {
            String reason = "eligible is told as " + eligible.figure().json() + ", the summary that it names gives "
                    + expected.json();
            return rejected(member, asked, log, reason, days, answers);
        }
        EligibleState state = values.total().isPresent() ? EligibleState.TOLD : EligibleState.WITHHELD;
        return part(member, asked, log, answered, null, days, answers, state, expected);
    }

    /**
     * What an accepted summary tells of the table of a request that counts, read under the version that the request was made under.
     *
     * @throws RefutedException if the two versions cannot be compared
     */
    TableValues values(Verdict.Accepted accepted, FeasibilityRequest request) {
        CarryOver carryOver = carryOver(accepted, request);
        return carryOver
                .read(accepted.content())
                .map(Tables.class::cast)
                .flatMap(tables -> tables.table(request.table()))
                .orElseThrow(() -> new RefutedException("the newest summary of " + request.dataset() + " is "
                        + carryOver.reason(request.table()).orElse("of no such table")));
    }

    private CarryOver carryOver(Verdict.Accepted accepted, FeasibilityRequest request) {
        return CarryOver.between(
                accepted.told(), definitions.apply(request.definition()).orElseThrow());
    }

    private static Part rejected(
            Member member,
            boolean asked,
            Optional<LogBasis> log,
            String reason,
            Optional<Long> days,
            List<FeasibilityAnswer> answers) {
        String bounded = reason.length() <= HeadCheck.MAX_REASON_LENGTH
                ? reason
                : reason.substring(0, HeadCheck.MAX_REASON_LENGTH) + "…";
        return part(member, asked, log, State.REJECTED, bounded, days, answers, EligibleState.UNTOLD, null);
    }

    private static Part part(
            Member member,
            boolean asked,
            Optional<LogBasis> log,
            State state,
            @Nullable String reason,
            Optional<Long> days,
            List<FeasibilityAnswer> answers,
            EligibleState eligibleState,
            @Nullable Figure eligible) {
        return new Part(
                member.node(),
                member.scope().encode(),
                asked,
                log,
                state,
                Optional.ofNullable(reason),
                days,
                answers.size(),
                answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1)),
                eligibleState,
                Optional.ofNullable(eligible));
    }

    private Optional<String> fault(FeasibilityRequest request, Basis basis) {
        Optional<String> ahead = ahead(request.asked(), basis.log(request.node()));
        if (ahead.isPresent()) {
            return ahead;
        }
        Optional<DatasetDefinition> definition = definitions
                .apply(request.definition())
                .filter(one -> one.dataset().equals(request.dataset()));
        if (definition.isEmpty()) {
            return Optional.of("its definition " + request.definition() + " of dataset " + request.dataset()
                    + " is not kept under this federation root");
        }
        try {
            EligibleFigure.check(definition.get(), request.table(), request.criteria());
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static Optional<String> datesFault(
            FeasibilityRequest request, FeasibilityAnswer answer, Optional<LogBasis> log) {
        if (answer.answered().isBefore(request.asked())) {
            return Optional.of("it is dated " + answer.answered() + ", before the question of " + request.asked());
        }
        return ahead(answer.answered(), log);
    }

    private static Optional<String> ahead(LocalDate day, Optional<LogBasis> log) {
        return log.filter(one -> day.isAfter(one.day()))
                .map(one -> "it is dated " + day + ", but a quorum saw it in the log on " + one.day() + " already");
    }
}
