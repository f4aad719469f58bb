package io.sealos.oci.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustDocumentTests {
    private static final String HEX = "ab".repeat(32);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | bill of materials: it is not a JSON object; use a bill of materials that this library or a tool of"
                        + " the same format has written",
                "[] | bill of materials: it is not a JSON object; use a bill of materials that this library or a tool of"
                        + " the same format has written",
                "{\"a\":} | bill of materials:1:6: it is not JSON; use a bill of materials that this library or a tool of"
                        + " the same format has written",
                "{} | bill of materials: bomFormat: it is missing, and must be 'CycloneDX'; use a bill of materials that"
                        + " this library or a tool of the same format has written",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\"} | bill of materials: specVersion: it is '1.4', and"
                        + " must be '1.6'; use a bill of materials that this library or a tool of the same format has"
                        + " written",
            })
    void parseWhenTextIsNoBillNamesThePlaceAndTheFix(String json, String message) {
        assertThatExceptionOfType(TrustDocumentException.class)
                .isThrownBy(() -> BillOfMaterials.parse(json))
                .withMessage(message)
                .satisfies(e -> assertThat(e.parts()).hasSize(1));
    }

    @Test
    void parseWhenBillIsForeignReturnsWhatItHas() {
        BillOfMaterials bill =
                BillOfMaterials.parse("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                        + "{\"type\":\"library\",\"name\":\"a\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"hashes\":["
                        + "{\"alg\":\"MD5\",\"content\":\"00\"},{\"alg\":\"SHA-256\",\"content\":\"" + HEX
                        + "\"}]}, 7, null]}");

        assertThat(bill.subject()).isEmpty();
        assertThat(bill).hasToString("bill of materials of nothing with 3 components");
        BillComponent component = bill.components().get(0);
        assertThat(component).hasToString("library a");
        assertThat(component.license()).contains("MIT");
        assertThat(component.digests()).containsExactly(Digest.parse("sha256:" + HEX));
        assertThat(component.packageUrl()).isEmpty();
    }

    @Test
    void parseWhenProvenanceHasNoDigestIsRefused() {
        assertThatExceptionOfType(TrustDocumentException.class)
                .isThrownBy(() -> Provenance.parse("{\"_type\":\"https://in-toto.io/Statement/v1\","
                        + "\"predicateType\":\"https://slsa.dev/provenance/v1\",\"subject\":[{\"digest\":"
                        + "{\"sha256\":\"x\"}}]}"))
                .withMessage(
                        "provenance: subject: it has no SHA-256 digest; use a provenance that this library or a tool"
                                + " of the same format has written");
    }

    @Test
    void parseWhenNestedTooDeeplyIsRefused() {
        assertThatExceptionOfType(TrustDocumentException.class)
                .isThrownBy(() -> Provenance.parse("{\"a\":" + "[".repeat(100_000)))
                .withMessageContaining("it is not JSON");
    }

    @Test
    void ofWhenTypeOrNameOrUrlIsInvalidIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillComponent.of("package", "a", "1"))
                .withMessage(
                        "'package' is not a type of components of CycloneDX 1.6; use one of [application, container,"
                                + " cryptographic-asset, data, device, device-driver, file, firmware, framework, library,"
                                + " machine-learning-model, operating-system, platform]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillComponent.of("library", " ", "1"))
                .withMessage("a component has no name; its type is library");
        BillComponent component = BillComponent.of("library", "a", "1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> component.withPackageUrl("deb/curl"))
                .withMessage("'deb/curl' is not a package URL; write it as pkg:TYPE/NAME@VERSION, such as"
                        + " pkg:deb/debian/curl@8.5.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> component.withLicense(""))
                .withMessage("the license of 'a' is blank");
    }
}
