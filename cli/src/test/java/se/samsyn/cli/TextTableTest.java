package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void putsLabelsToTheLeftAndFiguresToTheRight() {
        TextTable table = new TextTable(1, List.of("region", "2024", "2025"), 100);
        table.add(List.of("Skåne", "7", "1 234"));
        table.add(List.of("Västra Götaland", "≥12", ""));

        assertThat(text(table)).isEqualTo("""
                region           2024   2025
                Skåne               7  1 234
                Västra Götaland   ≥12
                """);
    }

    @Test
    void breaksIntoBlocksThatRepeatTheLabels() {
        List<String> header = new ArrayList<>(List.of("phase"));
        List<String> row = new ArrayList<>(List.of("III"));
        for (int year = 1990; year < 2026; year++) {
            header.add(Integer.toString(year));
            row.add(Integer.toString(year % 7));
        }
        TextTable table = new TextTable(1, header, 100);
        table.add(row);

        List<String> lines = text(table).lines().toList();
        List<String> headers =
                lines.stream().filter(line -> line.startsWith("phase ")).toList();
        List<String> rows =
                lines.stream().filter(line -> line.startsWith("III ")).toList();
        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(headers).hasSizeGreaterThan(1);
        assertThat(rows).hasSameSizeAs(headers);
        assertThat(String.join(" ", lines)).contains("1990", "2025");
    }

    @Test
    void showsAColumnThatIsWiderThanTheTerminalAllTheSame() {
        String wide = "x".repeat(300);
        TextTable table = new TextTable(1, List.of("a", "b", "c"), 100);
        table.add(List.of("1", wide, "3"));

        assertThat(text(table)).contains(wide).contains("3");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        TextTable table = new TextTable(1, List.of("a", "b"), 100);

        assertThatThrownBy(() -> table.add(List.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row has 1 columns, the header 2");
    }

    private static String text(TextTable table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString();
    }
}
