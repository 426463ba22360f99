package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegisterRule.SitesRule;

/**
 * A register that was told under one version of a definition, read as that of another: attributes by name, {@code unknown} where the told
 * one has no such attribute or code; ends, terms and sites as far as both tell them.
 */
final class RegisterCarryOver {
    private final RegisterRule told;
    private final RegisterRule asked;

    /** @param told and {@code asked}, which do not differ by {@link #difference} */
    RegisterCarryOver(RegisterRule told, RegisterRule asked) {
        this.told = told;
        this.asked = asked;
    }

    /** Why a register cannot be read as another, said of the one that was told; nothing if it can. */
    static Optional<String> difference(RegisterRule told, RegisterRule asked) {
        if (!told.identifiers().equals(asked.identifiers()) || !told.start().equals(asked.start())) {
            return Optional.of("its register goes by other numbers or another start");
        }
        // a place that is not there any more would become another one, or none, and the trial would count elsewhere
        return CodeDifference.lacking(told.places().codes(), asked.places().codes())
                .map(place -> "its register has other places, unlike in \"" + place + "\"");
    }

    Register read(Register register) {
        return told.equals(asked)
                ? register
                : new Register(
                        asked,
                        register.rows().stream()
                                .map(this::read)
                                .distinct()
                                .sorted()
                                .toList());
    }

    private RegisterRow read(RegisterRow row) {
        return new RegisterRow(
                row.ids(),
                row.start(),
                asked.end().equals(told.end()) ? row.end() : Optional.empty(),
                asked.attributes().stream()
                        .map(attribute -> attribute(attribute, row))
                        .toList(),
                asked.terms().stream().map(term -> term(term, row)).toList(),
                asked.milestones().stream()
                        .map(milestone -> milestone(milestone, row))
                        .toList(),
                told.sites().stream()
                        .flatMap(before -> asked.sites().stream())
                        .flatMap(rule -> row.sites().stream().map(site -> site(site, rule)))
                        .sorted()
                        .toList(),
                row.places());
    }

    private String attribute(Dimension attribute, RegisterRow row) {
        int index = told.indexOfAttribute(attribute.name());
        boolean isTold = index >= 0 && told.attributes().get(index).field().equals(attribute.field());
        return isTold ? known(attribute.codes(), row.attributes().get(index)) : CodeList.UNKNOWN;
    }

    private List<String> term(Column term, RegisterRow row) {
        return ColumnCarryOver.values(told.terms(), row.terms(), term);
    }

    private Optional<String> milestone(Column milestone, RegisterRow row) {
        int index = told.milestones().indexOf(milestone);
        return index >= 0 ? row.milestones().get(index) : Optional.empty();
    }

    private static RegisterSite site(RegisterSite site, SitesRule rule) {
        return new RegisterSite(
                site.place(), known(rule.roles(), site.role()), known(rule.hospitals(), site.hospital()));
    }

    private static String known(CodeList list, String code) {
        return list.indexOf(code) >= 0 ? code : CodeList.UNKNOWN;
    }
}
