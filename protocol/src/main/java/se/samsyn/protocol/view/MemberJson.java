package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which members stand behind a view, and each one's state, reasons and freshness. */
final class MemberJson {
    private final NationalView view;

    MemberJson(NationalView view) {
        this.view = view;
    }

    void write(ObjectNode json) {
        writeCoverage(json.putObject("coverage"));
        ArrayNode members = json.putArray("members");
        for (MemberPart part : view.parts) {
            writeMember(members.addObject(), part);
        }
    }

    private void writeCoverage(ObjectNode coverage) {
        coverage.put("members", view.parts.size());
        view.definition
                .population()
                .ifPresent(places -> coverage.put("inhabitants", NationalView.inhabitants(places))
                        .put("countedOn", places.countedOn().orElseThrow().toString()));
        ArrayNode all = coverage.putArray("all");
        ArrayNode some = coverage.putArray("some");
        ArrayNode none = coverage.putArray("none");
        ArrayNode stale = coverage.putArray("stale");
        for (MemberPart part : view.parts) {
            long told = part.toldPeriods();
            ArrayNode list = told == view.periods.size() ? all : told > 0 ? some : none;
            list.add(part.member().node());
            if (part.isStale(view.basis.atSeconds())) {
                stale.add(part.member().node());
            }
        }
    }

    private void writeMember(ObjectNode member, MemberPart part) {
        member.put("node", part.member().node());
        member.put("scope", part.member().scope().encode());
        member.put("stale", part.isStale(view.basis.atSeconds()));
        part.log().ifPresent(log -> member.put("ageSeconds", log.ageSeconds(view.basis.atSeconds())));
        part.accusation()
                .ifPresent(accusation -> member.putObject("accused")
                        .put("key", accusation.key().ref())
                        .put("fault", accusation.fault().word())
                        .put("size", accusation.size())
                        .put("reason", LiveHeads.reason(accusation)));
        writeRuns(member.putArray("periods"), part);
        ObjectNode rejected = member.putObject("rejectedEntries").put("count", part.rejections());
        ArrayNode latest = rejected.putArray("latest");
        for (Rejection rejection : part.latest()) {
            latest.addObject()
                    .put("index", rejection.index())
                    .put("about", rejection.about())
                    .put("reason", rejection.reason());
        }
    }

    /** Neighbouring periods of the same state, reason and version make one run. */
    private void writeRuns(ArrayNode runs, MemberPart part) {
        int first = 0;
        for (int period = 0; period < view.periods.size(); period++) {
            Standing standing = part.standings().get(period);
            boolean last = period + 1 == view.periods.size()
                    || !part.standings().get(period + 1).equals(standing)
                    || !part.versions().get(period + 1).equals(part.versions().get(period));
            if (last) {
                ObjectNode run = runs.addObject()
                        .put("from", view.periods.get(first).toString())
                        .put("to", view.periods.get(period).toString())
                        .put("state", standing.state().word());
                standing.reason().ifPresent(reason -> run.put("reason", reason));
                part.versions()
                        .get(period)
                        .filter(version -> version != view.definition.version())
                        .ifPresent(version -> run.put("version", version));
                first = period + 1;
            }
        }
    }
}
