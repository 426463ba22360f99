package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import se.samsyn.protocol.MalformedException;

/**
 * A trial as the region knows it. A text that is not known is empty; phase, status, class and type are codes of the
 * network's lists.
 *
 * @param id the registry number that the trial is filed under
 * @param otherIds further registry numbers of the same trial, sorted
 * @param start the start date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD; likewise {@code end}
 */
record Trial(
        String id,
        List<String> otherIds,
        String epmDnr,
        String title,
        String sponsor,
        String registry,
        String sponsorClass,
        String studyType,
        String phase,
        String status,
        String start,
        String end,
        OptionalInt plannedParticipants,
        OptionalInt actualParticipants)
        implements StoredRecord {
    Trial {
        require(!id.isEmpty(), "id");
        Form.REGISTRY_NUMBER.read(id);
        otherIds = List.copyOf(otherIds);
        require(Form.REGISTRY_NUMBERS.read(String.join("|", otherIds)).equals(otherIds), "otherIds");
        require(!otherIds.contains(id), "otherIds");
        Form.EPM.read(epmDnr);
        require(Form.TITLE.read(title).equals(title), "title");
        require(Form.TEXT.read(sponsor).equals(sponsor), "sponsor");
        Form.REGISTRY_NAME.read(registry);
        require(!sponsorClass.isEmpty() && !studyType.isEmpty() && !phase.isEmpty() && !status.isEmpty(), "codes");
        Form.PARTIAL_DATE.read(start);
        Form.PARTIAL_DATE.read(end);
    }

    @Override
    public RecordKind kind() {
        return RecordKind.TRIAL;
    }

    @Override
    public String key() {
        return id;
    }

    /** All registry numbers of the trial, sorted. */
    List<String> names() {
        List<String> names = new ArrayList<>(otherIds);
        names.add(id);
        names.sort(null);
        return names;
    }

    private static void require(boolean holds, String component) {
        if (!holds) {
            throw new MalformedException("a trial record has no valid " + component);
        }
    }
}
