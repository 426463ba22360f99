package se.samsyn.node.registry;

import java.util.List;

/** What came of one document. */
public sealed interface DocumentReading {
    /** The name of the file, with its path inside an archive. */
    String document();

    /**
     * It was understood.
     *
     * @param format what people call the format that it is written in
     */
    record Read(String document, String format, List<RegistryTrial> trials) implements DocumentReading {
        public Read {
            trials = List.copyOf(trials);
        }
    }

    /**
     * Nothing was taken from it.
     *
     * @param why says what is wrong, where, and what was expected
     */
    record Refused(String document, String why) implements DocumentReading {}
}
