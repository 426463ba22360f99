package se.samsyn.cli.bench;

import java.util.List;
import java.util.Optional;

/**
 * What one benchmark found.
 *
 * @param name of the benchmark
 * @param setting what it was done with, in one line
 * @param rows what was measured
 * @param missing what could not be measured, and why
 */
public record BenchReport(String name, String setting, List<Measured> rows, Optional<String> missing) {
    public BenchReport {
        rows = List.copyOf(rows);
    }
}
