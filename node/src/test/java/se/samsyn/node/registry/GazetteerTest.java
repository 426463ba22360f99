package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.MalformedException;

class GazetteerTest {
    private final Gazetteer gazetteer = new Gazetteer(NetworkFiles.shipped());

    @ParameterizedTest
    @CsvSource({
        "Göteborg,,14",
        "Goteborg,,14",
        "Goeteborg,,14",
        "Gothenburg,,14",
        "GÖTEBORG,,14",
        "' Göteborg, ',,14",
        "'Stokholm, Solna',,01",
        "Stockholm/Huddinge,,01",
        "Upplands-Väsby,,01",
        "upplands vasby,,01",
        "Malmø,,12",
        "Umeaa,,24",
        "Oerebro,,18",
        "Varberg,,1383",
        "Halmstad,,1380",
        "Kungsbacka,,1384",
        "Hyltebruk,,1315",
        "Laholm,,1381",
        "Falkenberg,,1382",
        "'',SE-221 85,12",
        "'',S-22185,12",
        "'',SE- 75 185,03",
        "Nowhere,SE 581 85,05",
        "413 45 Göteborg,,14",
        "Lund,221 85,12",
        "Varberg,432 81,1383",
        "'Lund, Sweden',,12",
    })
    void placesByCityAndPostalCodeHoweverTheyAreWritten(String city, String postalCode, String place) {
        assertThat(place(city, postalCode)).isEqualTo(new Placement.InSweden(place));
    }

    @ParameterizedTest
    @CsvSource({
        "Lund,752 37,they lie in different places",
        "Varberg,301 85,they lie in different places",
        "'Malmö, Stockholm',,they lie in different places",
        "Nowhere,,neither is in the network's",
        "'',999 99,neither is in the network's",
        "'Lund, Nowhere',,neither is in the network's",
        "'','',neither is in the network's",
        "'',2218,neither is in the network's",
        "'',221855,neither is in the network's",
    })
    void placesNothingThatContradictsItselfOrIsNotKnown(String city, String postalCode, String why) {
        assertThat(place(city, postalCode))
                .isInstanceOfSatisfying(
                        Placement.NotPlaced.class,
                        placed -> assertThat(placed.why()).contains(why));
    }

    @ParameterizedTest
    @CsvSource({"Sweden", "SVERIGE", "se", "SWE", "' Sweden '"})
    void knowsTheNamesOfTheCountry(String country) {
        assertThat(gazetteer
                        .place(new RegistrySite("", "Lund", "", country, ""))
                        .place())
                .contains("12");
    }

    @Test
    void tellsAbroadFromNotSaid() {
        assertThat(gazetteer.place(new RegistrySite("", "Lund", "", "Denmark", "")))
                .isEqualTo(new Placement.Abroad("Denmark"));
        assertThat(gazetteer.place(new RegistrySite("", "Lund", "", "", "")))
                .isEqualTo(new Placement.NotPlaced("the document names no country"));
    }

    @ParameterizedTest
    @CsvSource({
        "city.csv,'spelling,place,note\nLund,12,\nLUND,14,\n','line 3: \"lund\" has a place already, or is empty'",
        "city.csv,'spelling,place,note\nLund,99,\n','line 2: the network has no place \"99\"'",
        "city.csv,'spelling,place,note\nLund,-,\n','line 2: the network has no place \"-\"'",
        "postal-code.csv,'prefix,place,note\n2,12,\n','line 2: \"2\" is not two or three digits'",
        "postal-code.csv,'prefix,place,note\n22,12,\n221,12,\n','221 lies within 22'",
    })
    void refusesATableThatSaysTwoThingsOrNamesNoPlace(String file, String text, String message, @TempDir Path folder)
            throws IOException {
        NetworkFiles shipped = NetworkFiles.shipped();
        for (String path : List.of("code-lists/place.json", "places/city.csv", "places/postal-code.csv")) {
            Path copy = folder.resolve(path);
            Files.createDirectories(copy.getParent());
            Files.write(copy, path.endsWith(file) ? text.getBytes(UTF_8) : shipped.read(path));
        }
        NetworkFiles broken = NetworkFiles.in(folder);
        assertThatThrownBy(() -> new Gazetteer(broken))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("places/" + file)
                .hasMessageEndingWith(message);
    }

    @Test
    void knowsTownsInEveryCounty() {
        List<String> counties = Stream.of(rows(NetworkFiles.shipped().read("places/city.csv")))
                .flatMap(List::stream)
                .map(row -> row.getField("place").substring(0, 2))
                .distinct()
                .toList();
        assertThat(counties).hasSize(21);
    }

    @Test
    void placesEverySpellingInTheCollectedData() {
        List<String> wrong = new ArrayList<>();
        for (NamedCsvRecord row : rows(SharedDocuments.bytes("reference/city_to_lan.csv"))) {
            check(row.getField("city_as_written"), "", row.getField("lan_code"), wrong);
        }
        List<NamedCsvRecord> sites = rows(SharedDocuments.bytes("trials/ctgov_sites_sweden.csv"));
        for (NamedCsvRecord row : sites) {
            check(row.getField("city_as_written"), row.getField("zip"), row.getField("lan_code"), wrong);
        }
        assertThat(sites).hasSize(160);
        assertThat(wrong).isEmpty();
    }

    private void check(String city, String postalCode, String county, List<String> wrong) {
        Placement placed = place(city, postalCode);
        if (!placed.place().filter(code -> code.startsWith(county)).isPresent()) {
            wrong.add(city + " " + postalCode + ": " + placed);
        }
    }

    private Placement place(String city, String postalCode) {
        return gazetteer.place(new RegistrySite("", city, postalCode == null ? "" : postalCode, "Sweden", ""));
    }

    private static List<NamedCsvRecord> rows(byte[] csv) {
        return CsvReader.builder().ofNamedCsvRecord(new String(csv, UTF_8)).stream()
                .toList();
    }
}
