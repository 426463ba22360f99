package se.samsyn.node.protect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import se.samsyn.node.tabulate.RawAccess;
import se.samsyn.node.tabulate.RawRegister;
import se.samsyn.node.tabulate.RawRoster;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.node.tabulate.RawTables;

/** The only door out of the private side is {@code protect}. */
class PrivateSideTest {
    private static final JavaClasses NODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("se.samsyn.node");

    @Test
    void onlyProtectReadsUnprotectedValues() {
        for (Class<?> raw :
                new Class<?>[] {RawAccess.class, RawTable.class, RawTables.class, RawRegister.class, RawRoster.class}) {
            assertThat(NODE.contain(raw)).isTrue();
            noClasses()
                    .that()
                    .resideOutsideOfPackages("se.samsyn.node.tabulate", "se.samsyn.node.protect")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(raw)
                    .check(NODE);
        }
    }

    @Test
    void protectDoesNotReadRecords() {
        noClasses()
                .that()
                .resideInAPackage("se.samsyn.node.protect")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("se.samsyn.node.record")
                .check(NODE);
    }
}
