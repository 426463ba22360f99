package se.samsyn.node.registry;

import java.util.List;
import java.util.Map;

/**
 * One trial as a registry tells of it.
 *
 * @param where in the document, for messages: a registry number, or the place of the record
 * @param cells the cells of {@code trial.csv} by column name, in the registry's own words where the column has a vocabulary; what is not
 *     known is absent
 * @param sites the trial's sites in Sweden and elsewhere
 * @param remarks what was left out of the document or not understood, and why
 */
public record RegistryTrial(String where, Map<String, String> cells, List<RegistrySite> sites, List<Remark> remarks) {
    public RegistryTrial {
        cells = Map.copyOf(cells);
        sites = List.copyOf(sites);
        remarks = List.copyOf(remarks);
    }
}
