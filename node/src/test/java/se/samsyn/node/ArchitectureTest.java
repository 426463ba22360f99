package se.samsyn.node;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.witness.Witness;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.settlement.SignedSettlement;
import se.samsyn.protocol.statement.SignedStatement;

/** The life of a summary goes one way: nothing downstream can name what is upstream of it. */
@AnalyzeClasses(packages = "se.samsyn.node", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> PRIVATE_SIDE =
            resideInAnyPackage("..node.record..", "..node.registry..", "..node.tabulate..", "..node.protect..");

    /** What the route that takes records in must know: which kind they are, and what became of the file. */
    private static final DescribedPredicate<JavaClass> INTAKE_ANSWERS = nameMatching(
                    ".*\\.node\\.record\\.(RecordKind|ImportReport|ImportRefusal|RecordImport|DeletionReport|DocumentReport"
                            + "|FindingReport)")
            .forSubtype();

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_ROCKSDB = noClasses()
            .that()
            .resideOutsideOfPackage("..node.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule NOTHING_DOWNSTREAM_NAMES_A_RECORD = noClasses()
            .that()
            .resideInAnyPackage("..node.log..", "..node.mirror..", "..node.witness..", "..node.view..", "..node.peer..")
            .should()
            .dependOnClassesThat(PRIVATE_SIDE.or(resideInAnyPackage("..node.release..", "..node.settlement..")));

    @ArchTest
    static final ArchRule INVOICE_LINES_ARE_KNOWN_TO_SETTLEMENT_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages("..node.settlement..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("se.samsyn.protocol.settlement..");

    @ArchTest
    static final ArchRule LISTENERS_NAME_OF_SETTLEMENT_ITS_DESK_ALONE = noClasses()
            .that()
            .resideInAPackage("..node.http..")
            .should()
            .dependOnClassesThat(resideInAPackage("..node.settlement..")
                    .and(DescribedPredicate.not(nameMatching(".*\\.Settlements").forSubtype())));

    @ArchTest
    static final ArchRule THE_LISTENERS_NAME_NO_RECORD_BUT_WHAT_AN_IMPORT_ANSWERS = noClasses()
            .that()
            .resideInAPackage("..node.http..")
            .should()
            .dependOnClassesThat(PRIVATE_SIDE.and(DescribedPredicate.not(INTAKE_ANSWERS)));

    @ArchTest
    static final ArchRule ONLY_ROUTES_OF_THE_USER_LISTENER_TAKE_RECORDS_IN_AND_RELEASE = noClasses()
            .that()
            .resideInAPackage("..node.http..")
            .and()
            .doNotHaveSimpleName("UserListener")
            .and()
            .doNotHaveSimpleName("RecordRoutes")
            .and()
            .doNotHaveSimpleName("ReleaseRoutes")
            .should()
            .dependOnClassesThat(PRIVATE_SIDE.or(resideInAPackage("..node.release..")));

    @ArchTest
    static final ArchRule ONLY_PROTECT_READS_RAW_TABLES = noClasses()
            .that()
            .resideOutsideOfPackages("..node.tabulate..", "..node.protect..")
            .should()
            .dependOnClassesThat(nameMatching(".*\\.node\\.tabulate\\.Raw.*"));

    @ArchTest
    static final ArchRule ONLY_WHAT_TABULATES_OR_SETTLES_READS_RECORDS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..node.record..", "..node.tabulate..", "..node.release..", "..node.settlement..", "..node")
            .should()
            .dependOnClassesThat(nameMatching(".*\\.node\\.record\\.(RecordSource|RecordStore|SourceRecord)"));

    @ArchTest
    static final ArchRule NOTHING_ELSE_IN_A_NODE_SIGNS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Sequencer.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Witness.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("se.samsyn.node.release.OwnWord")
            .and()
            .doNotHaveFullyQualifiedName("se.samsyn.node.settlement.SettlementSigner")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "make a signature",
                    call -> (call.getTargetOwner().isEquivalentTo(SigningKey.class)
                                    && call.getName().matches("sign.*|cosign.*"))
                            || ((call.getTargetOwner().isEquivalentTo(SignedStatement.class)
                                            || call.getTargetOwner().isEquivalentTo(SignedSettlement.class))
                                    && call.getName().equals("sign"))))
            .because("each signature stands between its fail points");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("se.samsyn.node.(*)..").should().beFreeOfCycles();
}
