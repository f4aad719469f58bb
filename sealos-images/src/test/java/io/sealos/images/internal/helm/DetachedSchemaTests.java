package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachedSchemaTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'$ref':'https://x.example/a.json#/b'}} | {'a':{}} | https://x.example/a.json#/b",
                "{'a':{'$ref':'HTTP://x.example/a.json'}} | {'a':{}} | HTTP://x.example/a.json",
                "{'a':{'$ref':'file:///etc/a.json'}} | {'a':{}} | file:///etc/a.json",
                "{'a':{'$ref':'../a.json','type':'object'}} | {'a':{'type':'object'}} | ../a.json",
                "{'$id':'https://x.example/r','a':{'$ref':'a.json'}} | {'a':{}} | https://x.example/a.json",
                "{'a':{'$dynamicRef':'https://x.example/a'}} | {'a':{}} | https://x.example/a",
                "{'a':{'$recursiveRef':'https://x.example/a'}} | {'a':{}} | https://x.example/a",
                "{'const':{'$ref':'https://x.example/a'}} | {'const':{}} | https://x.example/a",
                "{'a':[{'$ref':'https://x.example/a b'}]} | {'a':[{}]} | https://x.example/a b",
                "{'$schema':'https://x.example/draft'} | {} | https://x.example/draft",
                "{'$schema':'http://json-schema.org/draft-03/schema#'} | {} | http://json-schema.org/draft-03/schema#",
                "{'a':{'$schema':'https://x.example/draft'}} | {'a':{}} | https://x.example/draft"
            })
    void detachWhenSomethingLiesElsewhereTakesItOut(String schema, String left, String address) throws Exception {
        DetachedSchema detached = DetachedSchema.of(schema.replace('\'', '"'));

        assertThat(detached.text()).isEqualTo(left.replace('\'', '"'));
        assertThat(detached.addresses()).containsExactly(address);
        assertThat(DetachedSchema.isDetached(schema.replace('\'', '"'))).isFalse();
    }

    @Test
    void detachWhenDraftHasNoNeighboursOfReferencesTakesThemOut() throws Exception {
        String draft = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"properties\":{\"a\":{";

        assertThat(DetachedSchema.of(draft + "\"$ref\":\"https://x.example/a\",\"type\":\"object\"}}}")
                        .text())
                .isEqualTo(draft + "}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$schema':'http://json-schema.org/draft-07/schema#','a':{'$ref':'#/definitions/b'}}",
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','a':{'$ref':'#/$defs/a%20b','type':'array'}}",
                "{'a':{'$ref':'http://json-schema.org/draft-07/schema#'}}",
                "{'a':{'$ref':'https://json-schema.org/draft/2020-12/meta/core'}}",
                "{'a':{'$ref':'#anchor'},'b':{'$anchor':'anchor'},'c':{'$dynamicRef':'#meta'}}",
                "{'a':{'$ref':'urn:x:y'}}",
                "{'properties':{'$ref':{'type':'string'},'$id':{'type':'string'},'id':{'const':'https://x.example'}}}",
                "{'a':1.00000000000000000000000001,'b':123456789012345678901234567890}",
                "true"
            })
    void detachWhenNothingLiesElsewhereLeavesItAsItIs(String schema) throws Exception {
        DetachedSchema detached = DetachedSchema.of(schema.replace('\'', '"'));

        assertThat(detached.text()).isEqualTo(schema.replace('\'', '"'));
        assertThat(detached.addresses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$id':'https://x.example/r','a':{'$ref':'#/b'},'b':{}} | {'a':{'$ref':'#/b'},'b':{}}",
                "{'$id':'https://x.example/r','a':{'$ref':'r#/b'},'b':{}} | {'a':{'$ref':'#/b'},'b':{}}",
                "{'a':{'$ref':'https://x.example/d'},'c':[{'$id':'https://x.example/d'}]} | {'a':{'$ref':'#/c/0'},'c':[{}]}",
                "{'a':{'$ref':'d#/q'},'b ~/':{'$id':'d','q':{}}} | {'a':{'$ref':'#/b%20~0~1/q'},'b ~/':{'q':{}}}",
                "{'b':{'$id':'d','c':{'$ref':'#/q'},'q':{}}} | {'b':{'c':{'$ref':'#/b/q'},'q':{}}}",
                "{'b':{'$id':'d','c':{'$ref':'#'}}} | {'b':{'c':{'$ref':'#/b'}}}"
            })
    void detachWhenReferenceIsToNameInSchemaMakesItPointer(String schema, String left) throws Exception {
        DetachedSchema detached = DetachedSchema.of(schema.replace('\'', '"'));

        assertThat(detached.text()).isEqualTo(left.replace('\'', '"'));
        assertThat(detached.addresses()).isEmpty();
    }

    @Test
    void detachWhenDraftIsTheFourthKnowsItsWordForNames() throws Exception {
        String draft = "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",";

        assertThat(DetachedSchema.of(draft + "\"id\":\"https://x.example/r\",\"a\":{\"$ref\":\"b.json\"}}")
                        .addresses())
                .containsExactly("https://x.example/b.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'$ref':'#/b'},'$schema':'http://json-schema.org/draft-07/schema#'} | true",
                "{'properties':{'$ref':{'type':'string'},'id':{'const':'https://x.example'}}} | true",
                "{'a':{'$ref' : 'b.json'}} | false",
                "{'a':{'$ref':'#/b'},'c':{'$ref':''}} | false",
                "{'a':{'\\u0024ref':'https://x.example/a'}} | false",
                "{'$id':'a'} | false",
                "{'$schema':'http://json-schema.org/draft-04/schema#','id':'https://x.example/a'} | false"
            })
    void isDetachedWhenReadAsItStandsIsTold(String schema, boolean detached) {
        assertThat(DetachedSchema.isDetached(schema.replace('\'', '"'))).isEqualTo(detached);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} {}", "{'a':1}"})
    void detachWhenItIsNoJsonIsRefused(String schema) {
        assertThatThrownBy(() -> DetachedSchema.of(schema))
                .isInstanceOf(ChartFormatException.class)
                .hasMessageStartingWith("values.schema.json is not JSON");
    }
}
