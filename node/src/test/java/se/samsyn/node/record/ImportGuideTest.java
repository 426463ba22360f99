package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImportGuideTest {
    @Test
    void givesTemplatesThatCanBeImported() {
        try (TestNode node = TestNode.covering("12")) {
            for (RecordKind kind : RecordKind.values()) {
                assertThat(node.importCsv(kind, ImportGuide.template(kind)).added())
                        .as(kind.wireName())
                        .isEqualTo(1);
            }
            assertThat(node.scan(RecordKind.TRIAL).get(0).text("phase")).isEqualTo("II/III");
        }
    }

    @Test
    void describesEveryColumn() {
        for (RecordKind kind : RecordKind.values()) {
            String text = ImportGuide.describe(kind);
            assertThat(ImportGuide.text()).contains(text);
            for (ImportColumn column : RecordFormats.SHIPPED.of(kind).columns()) {
                assertThat(text)
                        .contains("\n  " + column.name() + (column.required() ? " *\n" : "\n"))
                        .contains(column.form().expected())
                        .contains("for example " + column.example() + "\n");
            }
        }
    }
}
