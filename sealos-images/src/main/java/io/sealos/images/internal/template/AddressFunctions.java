package io.sealos.images.internal.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions ipNet and ipAt of sealos, which Helm does not have. A call of them is a call of a template, which fails
 * with its arguments unless the result is in its table. The result is then added, and the chart is rendered again.
 */
final class AddressFunctions {
    static final Set<String> NAMES = Set.of("ipNet", "ipAt");
    /** The name of the template that is called. */
    static final String TEMPLATE = "sealos-java/address";

    private static final int MOST_CALLS = 100;
    private static final String MARK = "sealos-java-call:";
    private static final Pattern CALL = Pattern.compile(MARK + "([A-Za-z0-9+/=]{1,100000})");
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]{2,39}(\\.[0-9]{1,3}){0,3}");

    /** An address with the length of its prefix, the rest of which is zero. */
    private record Network(InetAddress base, int length) {
        BigInteger size() {
            return BigInteger.ONE.shiftLeft(base.getAddress().length * 8 - length);
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> results = new LinkedHashMap<>();

    /** {@return the template that is called, with the results so far} */
    String definition() throws JsonProcessingException {
        StringBuilder table = new StringBuilder("{{- define \"" + TEMPLATE + "\" -}}{{- $results := dict");
        for (Map.Entry<String, String> result : results.entrySet()) {
            table.append(" \"")
                    .append(result.getKey())
                    .append("\" ")
                    .append(json.writeValueAsString(result.getValue()));
        }
        return table
                + " -}}{{- $call := toJson . | b64enc -}}{{- if hasKey $results $call -}}{{- get $results $call -}}"
                + "{{- else -}}{{- fail (printf \"" + MARK + "%s\" $call) -}}{{- end -}}{{- end -}}";
    }

    /** {@return whether a failure is a call whose result was not known, and is known now} */
    boolean answer(String failure) {
        Matcher call = CALL.matcher(failure);
        if (!call.find() || results.size() >= MOST_CALLS) {
            return false;
        }
        Optional<String> result = result(call.group(1));
        result.ifPresent(it -> results.put(call.group(1), it));
        return result.isPresent();
    }

    /** {@return the reason why a call has no result; empty if the failure is another one} */
    Optional<String> reason(String failure) {
        Matcher call = CALL.matcher(failure);
        return call.find()
                ? Optional.of("there is no result of "
                        + call(call.group(1)).toString().replace("],", "], "))
                : Optional.empty();
    }

    private JsonNode call(String encoded) {
        try {
            return json.readTree(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return json.createArrayNode();
        }
    }

    private Optional<String> result(String encoded) {
        JsonNode call = call(encoded);
        if (call.size() < 2 || !call.get(1).isTextual()) {
            return Optional.empty();
        }
        String network = call.get(1).asText();
        if (call.get(0).asText().equals("ipNet") && call.size() == 2) {
            return Optional.of(network(network)
                    .map(it -> text(it.base().getAddress()) + "/" + it.length())
                    .orElse("invalid CIDR address: " + network));
        }
        boolean indexed = call.get(0).asText().equals("ipAt")
                && call.size() == 3
                && call.get(2).isIntegralNumber();
        return indexed ? network(network).flatMap(it -> at(it, call.get(2).bigIntegerValue())) : Optional.empty();
    }

    private static Optional<String> at(Network network, BigInteger index) {
        if (index.signum() < 0 || index.compareTo(network.size()) >= 0) {
            return Optional.empty();
        }
        byte[] address = network.base().getAddress();
        byte[] sum = new BigInteger(1, address).add(index).toByteArray();
        for (int i = 1; i <= Math.min(sum.length, address.length); i++) {
            address[address.length - i] = sum[sum.length - i];
        }
        return Optional.of(text(address));
    }

    private static Optional<Network> network(String text) {
        int slash = text.indexOf('/');
        String address = text.substring(0, Math.max(0, slash));
        String length = text.substring(slash + 1);
        boolean written = IPV4.matcher(address).matches()
                || (address.contains(":") && IPV6.matcher(address).matches());
        if (!written || !length.matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        try {
            byte[] base = InetAddress.getByName(address).getAddress();
            return Integer.parseInt(length) > base.length * 8
                    ? Optional.empty()
                    : Optional.of(masked(base, Integer.parseInt(length)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Network masked(byte[] address, int length) throws UnknownHostException {
        byte[] base = address.clone();
        for (int bit = length; bit < base.length * 8; bit++) {
            base[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new Network(InetAddress.getByAddress(base), length);
    }

    /** {@return an address as Go writes it: that of IPv6 with the longest run of zeros left out} */
    private static String text(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        int[] groups = new int[8];
        Arrays.setAll(groups, i -> (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff));
        int start = 8;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                start = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
