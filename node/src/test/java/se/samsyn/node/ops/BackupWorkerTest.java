package se.samsyn.node.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.START;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.SettableClock;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;

class BackupWorkerTest {
    @TempDir
    private Path folder;

    @Test
    void givesWhoeverAsksABackupThatIsBegunAfterwardsAndTheSameOneAgainByItsNumber() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SettableClock clock = new SettableClock(START);
        Backups backups = new Backups(
                TestBackups.config("norra.example", folder.resolve("data"), folder.resolve("backups"), 9), () -> {
                    begun.countDown();
                    await(goOn);
                    return clock.instant();
                });
        try (Store store = Store.create(folder.resolve("data"), new StoreIdentity("norra.example", Hash.sha256()));
                BackupWorker worker = new BackupWorker("norra", backups, store)) {
            BackupWorker.Job first = worker.ask(OptionalLong.empty());
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(worker.ask(OptionalLong.of(first.number()))).isSameAs(first);
            BackupWorker.Job second = worker.ask(OptionalLong.empty());
            assertThat(second)
                    .as("what was begun before has not what was written since")
                    .isNotSameAs(first);
            assertThat(worker.ask(OptionalLong.empty())).isSameAs(second);

            goOn.countDown();
            Backup made = second.result().join();
            assertThat(made.name()).isNotEqualTo(first.result().join().name());
            assertThat(worker.ask(OptionalLong.of(second.number())).result().join())
                    .isEqualTo(made);
            assertThat(worker.ask(OptionalLong.empty()).result().join().name()).isNotEqualTo(made.name());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
