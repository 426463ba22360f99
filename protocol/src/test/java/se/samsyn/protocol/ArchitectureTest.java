package se.samsyn.protocol;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Values and pure functions only, so that an auditor's verifier can be built on nothing else. */
@AnalyzeClasses(packages = "se.samsyn.protocol", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_SERVER_AND_NO_DATABASE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "org.rocksdb..", "org.slf4j..", "se.samsyn.node..");

    @ArchTest
    static final ArchRule NO_FILES_AND_NO_SOCKETS = noClasses()
            .should()
            .dependOnClassesThat(nameMatching("java\\.io\\.(File|RandomAccessFile).*"
                    + "|java\\.nio\\.(file|channels)\\..*"
                    + "|java\\.net\\.(http\\..*|.*Socket.*|.*Connection|InetAddress.*|URL)"));

    @ArchTest
    static final ArchRule NO_THREADS = noClasses()
            .should()
            .dependOnClassesThat(nameMatching("java\\.lang\\.(Thread|Runnable|Process.*)"
                    + "|java\\.util\\.(Timer.*|concurrent\\.(Executor.*|CompletableFuture|ForkJoin.*|locks\\..*))"));

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .dependOnClassesThat(nameMatching("java\\.time\\.(Clock|InstantSource)"))
            .orShould()
            .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime")));

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("se.samsyn.protocol.(*)..").should().beFreeOfCycles();
}
