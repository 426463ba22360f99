package se.samsyn.cli.bench;

import java.lang.management.ManagementFactory;

/**
 * What the figures were measured on.
 *
 * @param cores that the JVM may use
 * @param jdk its version and vendor
 * @param os with version and architecture
 * @param load average of the last minute before the run; negative where the system does not tell
 */
public record Machine(int cores, String jdk, String os, double load) {
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.version") + " " + System.getProperty("java.vm.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
