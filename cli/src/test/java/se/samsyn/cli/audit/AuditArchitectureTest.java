package se.samsyn.cli.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The auditor's commands rest on the protocol alone, so that they can come without a node. */
@AnalyzeClasses(packages = "se.samsyn.cli.audit", importOptions = DoNotIncludeTests.class)
class AuditArchitectureTest {
    @ArchTest
    static final ArchRule NO_NODE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "se.samsyn.node..",
                    "se.samsyn.cli",
                    "se.samsyn.cli.demo..",
                    "se.samsyn.cli.bench..",
                    "io.vertx..",
                    "io.netty..",
                    "org.rocksdb..",
                    "ch.qos.logback..");
}
