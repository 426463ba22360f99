package se.samsyn.cli;

import picocli.CommandLine.Parameters;

/** The parameters that name a draft. */
final class DraftOption {
    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset.")
    private String dataset = "";

    @Parameters(index = "1", paramLabel = "PERIOD", description = "The period, such as 2019 or 2025-Q3.")
    private String period = "";

    /** Where the API takes the retraction of what it has released. */
    String retractionPath() {
        return "/api/v1/retractions/" + ViewCommand.encoded(dataset) + "/" + ViewCommand.encoded(period);
    }

    /** Where the API has it. */
    String path() {
        return path(dataset, period);
    }

    static String path(String dataset, String period) {
        return "/api/v1/drafts/" + ViewCommand.encoded(dataset) + "/" + ViewCommand.encoded(period);
    }
}
