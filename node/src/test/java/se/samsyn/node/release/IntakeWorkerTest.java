package se.samsyn.node.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Costs;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.RecordPlan;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.store.Columns;

class IntakeWorkerTest {
    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    @TempDir
    Path folder;

    @Test
    void importsTrialsBeforeTheirSitesAndKeepsTheFilesWithAReport() throws IOException {
        Files.writeString(folder.resolve("site-north.csv"), "trial_id,region\n2021-000001-11,24\n");
        Files.writeString(folder.resolve("trial.csv"), "trial_id,start_date\n2021-000001-11,2021-03\n");
        IntakeWorker worker = worker(Map.of());

        worker.work();
        assertThat(files(folder)).containsExactly("site-north.csv", "trial.csv");
        worker.work();

        assertThat(files(folder)).isEmpty();
        assertThat(files(folder.resolve("imported"))).hasSize(4).anyMatch(name -> name.endsWith("-trial.csv"));
        assertThat(reports("imported")).anyMatch(text -> text.startsWith("site: 1 rows; 1 added"));
        assertThat(norra().liveStore().get(Columns.TRIAL, "2021-000001-11")).isPresent();
    }

    @Test
    void leavesAFileThatIsStillBeingWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("trial.csv"), "trial_id\n2021-000002-11\n2021-0000");
        IntakeWorker worker = worker(Map.of());
        worker.work();
        Files.writeString(file, "trial_id\n2021-000002-11\n2021-000003-11\n");

        worker.work();
        assertThat(file).exists();
        worker.work();

        assertThat(norra().liveStore().get(Columns.TRIAL, "2021-000003-11")).isPresent();
    }

    @Test
    void putsARefusedFileAsideWithEveryFault() throws IOException {
        Files.writeString(folder.resolve("cost-item-2024.csv"), "item_id,colour\n1,red\n");
        Files.writeString(folder.resolve(".notes.txt"), "not for import");
        IntakeWorker worker = worker(Map.of());

        worker.work();
        worker.work();

        assertThat(files(folder)).containsExactly(".notes.txt");
        assertThat(reports("refused")).singleElement().asString().contains("line 1, colour", "nothing of it imported");
    }

    @Test
    void putsAsideACsvFileWhoseNameSaysNoKind() throws IOException {
        Files.writeString(folder.resolve("costs.csv"), "item_id\n1\n");
        Files.writeString(folder.resolve("TRIAL-2021.CSV"), "trial_id\n2021-000004-11\n");
        IntakeWorker worker = worker(Map.of());

        worker.work();
        worker.work();

        assertThat(files(folder)).isEmpty();
        assertThat(reports("refused")).singleElement().asString().contains("KIND-ANYTHING.csv", "cost-item");
        assertThat(norra().liveStore().get(Columns.TRIAL, "2021-000004-11")).isPresent();
    }

    @Test
    void takesTheOtherFilesWhenOneCannotBeMoved() throws IOException {
        Files.writeString(folder.resolve("trial-1.csv"), "trial_id\nno number\n");
        Files.writeString(folder.resolve("trial-2.csv"), "trial_id\n2021-000005-11\n");
        Files.writeString(folder.resolve("refused"), "a file where the folder of the refused should be");
        IntakeWorker worker = worker(Map.of());

        worker.work();
        worker.work();
        assertThat(files(folder)).contains("trial-1.csv");
        assertThat(norra().liveStore().get(Columns.TRIAL, "2021-000005-11")).isPresent();

        Files.delete(folder.resolve("refused"));
        worker.work();
        assertThat(files(folder.resolve("refused"))).anyMatch(name -> name.endsWith("-trial-1.csv"));
    }

    @Test
    void keepsFilesApartWhoseLongNamesEndAlike() throws IOException {
        String end = "x".repeat(200) + ".csv";
        Files.writeString(folder.resolve("trial-a-" + end), "trial_id\n2021-000006-11\n");
        Files.writeString(folder.resolve("trial-b-" + end), "trial_id\n2021-000007-11\n");
        IntakeWorker worker = worker(Map.of());

        worker.work();
        worker.work();

        assertThat(files(folder)).isEmpty();
        assertThat(files(folder.resolve("imported"))).hasSize(4);
    }

    @Test
    void deletesOnceADayWhatHasGrownOld() {
        norra().importRecords(
                        RecordKind.COST_ITEM,
                        Costs.in("24").persons(0, 3, "24", "2024-01-11").csv());
        long before = costItems();

        worker(Map.of(RecordKind.COST_ITEM, 12)).work();

        assertThat(costItems()).isEqualTo(before - 3);
    }

    private static RegionNode norra() {
        return FEDERATION.node("norra");
    }

    private static long costItems() {
        long[] count = {0};
        norra().liveStore().forEach(Columns.COST_ITEM, (key, json) -> count[0]++);
        return count[0];
    }

    private IntakeWorker worker(Map<RecordKind, Integer> retention) {
        RecordPlan plan = new RecordPlan(Optional.of(folder), RecordPlan.DEFAULT_IMPORT_MINUTES, retention);
        return new IntakeWorker(norra().name(), plan, norra().node().intake(), norra().clock());
    }

    private List<String> reports(String below) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : files(folder.resolve(below))) {
            if (name.endsWith(".txt")) {
                texts.add(Files.readString(folder.resolve(below).resolve(name)));
            }
        }
        return texts;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
