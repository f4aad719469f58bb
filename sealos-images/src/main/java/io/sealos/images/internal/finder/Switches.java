package io.sealos.images.internal.finder;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields by which a part of a custom resource is switched off. */
final class Switches {
    private static final List<String> ON = List.of("enabled", "enable", "install", "installed", "deploy", "create");
    private static final List<String> OFF = List.of("disabled", "disable");
    private static final Set<String> NO = Set.of("false", "no", "off");
    private static final Set<String> YES = Set.of("true", "yes", "on");

    private Switches() {}

    /** Whether a mapping, or one around it, is switched off. */
    static boolean isOff(Site site) {
        for (Site around = site; around != null; around = around.parent()) {
            if (isSet(around, ON, NO) || isSet(around, OFF, YES)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSet(Site site, List<String> keys, Set<String> values) {
        return keys.stream()
                .anyMatch(it -> values.contains(site.node().textOf(it).toLowerCase(Locale.ROOT)));
    }
}
