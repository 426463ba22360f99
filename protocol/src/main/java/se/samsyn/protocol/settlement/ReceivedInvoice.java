package se.samsyn.protocol.settlement;

import java.util.Optional;

/**
 * What the payer holds of an invoice, for one trial.
 *
 * @param amountOre in öre
 * @param dispute why the payer disputes it, if so
 */
public record ReceivedInvoice(LineKey key, long amountOre, Optional<DisputeReason> dispute) {
    public ReceivedInvoice {
        InvoiceLine.checkAmount(amountOre);
    }
}
