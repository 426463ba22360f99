package se.samsyn.node.record;

import java.util.List;

/**
 * A cost item by field names.
 *
 * @param trial the smallest registry number of the item's trial that the node knows
 */
record CostItemFields(CostItem item, String trial) implements SourceRecord {
    @Override
    public String key() {
        return item.key();
    }

    @Override
    public String text(String field) {
        return switch (field) {
            case "trial" -> trial;
            case "participant" -> item.participant();
            case "homeRegion" -> item.homeRegion();
            case "studyRegion" -> item.studyRegion();
            case "date" -> item.date();
            case "category" -> item.category();
            case "bearer" -> item.bearer();
            default -> throw new IllegalArgumentException("a cost item has no text \"" + field + "\" for tabulation");
        };
    }

    @Override
    public List<String> texts(String field) {
        throw new IllegalArgumentException("a cost item has no texts \"" + field + "\" for tabulation");
    }

    @Override
    public long number(String field) {
        if (!field.equals("amountOre")) {
            throw new IllegalArgumentException("a cost item has no number \"" + field + "\" for tabulation");
        }
        return item.amountOre();
    }
}
