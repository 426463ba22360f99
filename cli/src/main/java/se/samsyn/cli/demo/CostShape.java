package se.samsyn.cli.demo;

import java.time.LocalDate;
import se.samsyn.protocol.dataset.Period;

/**
 * What a quarter of synthetic costs looks like at a node, so that the demo shows every state a national figure can be
 * in. A fixed calendar that comes again each year: whenever the demo runs, each shape is among the quarters that are
 * due.
 */
enum CostShape {
    /** Large cells, and small ones that have to be pooled. */
    ORDINARY,
    /**
     * A round of credit notes. Anywhere else a single one would stand alone: one trial would hold all that was
     * credited.
     */
    CREDITED,
    /** One trial holds nearly all of one cell's amount. */
    DOMINATED,
    /** Fewer persons in all than any cell may show. */
    FEW_PERSONS,
    /** Nothing at all, and the node says so. */
    NOTHING;

    static CostShape of(String node, Period quarter) {
        LocalDate start = quarter.firstDay();
        return switch (node + " " + start.getMonthValue()) {
            case "sydostra 7" -> NOTHING;
            case "norra 4" -> FEW_PERSONS;
            case "vastra 1", "stockholm-gotland 10" -> DOMINATED;
            case "mellansverige 4", "sodra 10", "stockholm-gotland 1" -> CREDITED;
            default -> ORDINARY;
        };
    }
}
