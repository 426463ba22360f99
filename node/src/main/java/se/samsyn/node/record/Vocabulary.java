package se.samsyn.node.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

/** What the registries' own words mean in one code list: a table that people read and mend. */
final class Vocabulary {
    private static final List<String> HEADER = List.of("registry", "word", "code", "note");

    private record Word(String registry, String word) {}

    private final CodeList codes;
    private final Map<Word, String> meanings = new HashMap<>();

    private Vocabulary(CodeList codes) {
        this.codes = codes;
    }

    /**
     * Reads the table {@code registry,word,code,note} that belongs to a code list.
     *
     * @throws MalformedException if it is no such table, gives a word two meanings, or names a code that the list
     * does not have
     */
    static Vocabulary parse(byte[] csv, CodeList codes) {
        Vocabulary vocabulary = new Vocabulary(codes);
        Faults faults = new Faults();
        CsvFile.read(ImportFile.of(csv), faults, vocabulary::add);
        faults.listed().stream().findFirst().ifPresent(fault -> {
            throw vocabulary.malformed(fault.toText());
        });
        return vocabulary;
    }

    String name() {
        return codes.name();
    }

    /** The code for a word, exactly as the registry writes it; a code means itself whatever the registry. */
    Optional<String> code(String registry, String word) {
        return codes.indexOf(word) >= 0
                ? Optional.of(word)
                : Optional.ofNullable(meanings.get(new Word(registry, word)));
    }

    private boolean add(CsvLine row) {
        List<String> cells = row.cells();
        String where = "line " + row.line() + ": ";
        if (!row.flaw().isEmpty() || cells.size() != HEADER.size()) {
            throw malformed(
                    where + (row.flaw().isEmpty() ? cells.size() + " cells, expected " + HEADER.size() : row.flaw()));
        }
        if (row.line() == 1) {
            if (!cells.equals(HEADER)) {
                throw malformed(where + "the header is not " + String.join(",", HEADER));
            }
            return true;
        }
        if (codes.indexOf(cells.get(2)) < 0) {
            throw malformed(where + "the code list has no \"" + cells.get(2) + "\"");
        }
        if (meanings.put(new Word(cells.get(0), cells.get(1)), cells.get(2)) != null) {
            throw malformed(where + "\"" + cells.get(1) + "\" of " + cells.get(0) + " has a meaning already");
        }
        return true;
    }

    private MalformedException malformed(String what) {
        return new MalformedException("vocabulary/" + name() + ".csv: " + what);
    }
}
