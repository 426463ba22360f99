package se.samsyn.node.record;

import se.samsyn.protocol.MalformedException;

/**
 * One item of study-related care and what it cost. Codes are those of the network's lists; a text that is not known
 * is empty.
 *
 * @param id the item's own key, for example invoice and line
 * @param participant a pseudonym
 * @param homeRegion where the participant lives
 * @param studyRegion the place where the care was given
 * @param date YYYY-MM-DD
 * @param amountOre in öre, always positive; the category {@code credit-note} tells that it is given back
 */
record CostItem(
        String id,
        String trial,
        String participant,
        String homeRegion,
        String studyRegion,
        String date,
        String category,
        String bearer,
        long amountOre,
        String invoice,
        String invoiceState,
        String source)
        implements StoredRecord {
    CostItem {
        Form.KEY.read(id);
        Form.REGISTRY_NUMBER.read(trial);
        Form.PARTICIPANT.read(participant);
        Form.DAY.read(date);
        Form.AMOUNT_ORE.read(Long.toString(amountOre));
        if (id.isEmpty() || trial.isEmpty() || participant.isEmpty() || date.isEmpty()) {
            throw new MalformedException("a cost item has no id, trial, participant or date");
        }
        if (homeRegion.isEmpty()
                || studyRegion.isEmpty()
                || category.isEmpty()
                || bearer.isEmpty()
                || invoiceState.isEmpty()) {
            throw new MalformedException("a cost item has no region, category, bearer or invoice state");
        }
        if (!Form.TEXT.read(invoice).equals(invoice) || !Form.TEXT.read(source).equals(source)) {
            throw new MalformedException("a cost item has no valid invoice or source");
        }
    }

    @Override
    public RecordKind kind() {
        return RecordKind.COST_ITEM;
    }

    @Override
    public String key() {
        return id;
    }
}
