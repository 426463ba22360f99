package se.samsyn.node.record;

import se.samsyn.protocol.MalformedException;

/**
 * A place where a trial is carried out.
 *
 * @param trial the registry number that the trial is filed under at this node
 * @param region the place's code: a county, one of Halland's municipalities, or {@code -}
 * @param role main, ordinary, satellite, reserve or unknown
 */
record Site(String trial, String hospital, String city, String region, String role) implements StoredRecord {
    /** Between the parts of a key; no part can hold it, because texts hold no control characters. */
    static final char SEPARATOR = '\t';

    Site {
        Form.REGISTRY_NUMBER.read(trial);
        if (trial.isEmpty() || region.isEmpty() || role.isEmpty()) {
            throw new MalformedException("a site record has no trial, region or role");
        }
        if (!Form.TEXT.read(hospital).equals(hospital) || !Form.TEXT.read(city).equals(city)) {
            throw new MalformedException("a site record has no valid hospital or city");
        }
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SITE;
    }

    @Override
    public String key() {
        return trial + SEPARATOR + hospital + SEPARATOR + city + SEPARATOR + region;
    }
}
