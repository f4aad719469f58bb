package io.sealos.oci.internal.read;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsFileTests {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | is not a JSON object
            {  | cannot be read as JSON: line 1 is not as it has to be
            {} | it must list 1 to 10000 parts
            {"parts":[]} | it must list 1 to 10000 parts
            {"parts":[{"name":"../a","size":1}]} | "../a" is not the name of a file beside it
            {"parts":[{"name":"..","size":1}]} | ".." is not the name of a file beside it
            {"parts":[{"name":"/etc/passwd","size":1}]} | "/etc/passwd" is not the name of a file beside it
            {"parts":[{"name":"a\\\\b","size":1}]} | "a\\b" is not the name of a file beside it
            {"parts":[{"name":"c:b","size":1}]} | "c:b" is not the name of a file beside it
            {"parts":[{"name":"\\ud800","size":1,"digest":"D"}]} | "\\ud800" cannot be the name of a file on this system
            {"parts":[{"size":1}]} | "" is not the name of a file beside it
            {"parts":[{"name":"a","size":-1}]} | the size of a is not a number of bytes
            {"parts":[{"name":"a","size":1.5}]} | the size of a is not a number of bytes
            {"parts":[{"name":"a","size":9223372036854775808}]} | the size of a is not a number of bytes
            {"parts":[{"name":"a","size":1,"digest":"x"}]} | 'x' is not a digest; write sha256: and 64 lower-case hex digits, or sha512: and 128
            {"size":3,"digest":"D","parts":[{"name":"a","size":1,"digest":"D"},{"name":"a","size":2,"digest":"D"}]} | it lists a twice
            {"size":4,"digest":"D","parts":[{"name":"a","size":1,"digest":"D"},{"name":"b","size":2,"digest":"D"}]} | the sizes of its parts are 3 bytes together and not 4
            {"size":1,"digest":"D","parts":[{"name":"a","size":9223372036854775807,"digest":"D"},{"name":"b","size":2,"digest":"D"}]} | the size of a is not a number of bytes
            """)
    void readWhenTheFileIsBrokenSaysHow(String json, String problem) throws IOException {
        Path file = directory.resolve("app.tar.parts.json");
        Files.writeString(file, json.replace("\"D\"", "\"sha256:" + "0".repeat(64) + "\""), StandardCharsets.UTF_8);

        assertThatIOException()
                .isThrownBy(() -> PartsFile.read(file))
                .withMessageStartingWith(file + " is not a valid parts file: " + problem)
                .withMessageEndingWith("; copy it again, or write the archive again");
    }
}
