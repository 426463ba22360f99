package se.samsyn.node.record;

import java.util.List;

/** A trial joined with the places of its sites, by field names. */
record TrialFields(Trial trial, List<String> places) implements SourceRecord {
    @Override
    public String key() {
        return trial.key();
    }

    @Override
    public String text(String field) {
        return switch (field) {
            case "start" -> trial.start();
            case "end" -> trial.end();
            case "phase" -> trial.phase();
            case "status" -> trial.status();
            case "sponsorClass" -> trial.sponsorClass();
            case "studyType" -> trial.studyType();
            default -> throw new IllegalArgumentException("a trial has no text \"" + field + "\" for tabulation");
        };
    }

    @Override
    public List<String> texts(String field) {
        return switch (field) {
            case "ids" -> trial.names();
            case "places" -> places;
            default -> throw new IllegalArgumentException("a trial has no texts \"" + field + "\" for tabulation");
        };
    }

    @Override
    public long number(String field) {
        throw new IllegalArgumentException("a trial has no number \"" + field + "\" for tabulation");
    }
}
