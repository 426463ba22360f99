package se.samsyn.node.registry;

import java.util.List;

/** The documents of one registry or agency. */
interface RegistryFormat {
    /** What people call the format, for example {@code ClinicalTrials.gov API v2}. */
    String title();

    /** Whether a document is written so: by its content, whatever its file is called. */
    boolean recognises(RegistryDocument document);

    /**
     * Reads the trials of a document, without any person in it.
     *
     * @throws se.samsyn.protocol.MalformedException if the document is not what the format says; it names the trial, the field and what was
     *     expected there
     */
    List<RegistryTrial> read(RegistryDocument document);
}
