package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.sealos.images.ChartScenario;
import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.VirtualContext;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutValidator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each setter of a builder and each static factory refuses null with a message that names the parameter. */
@SuppressWarnings("NullAway") // null is what the test is about
class NullArgumentTests {
    private static final Set<String> EXPORTED = Set.of(
            "io.sealos",
            "io.sealos.kubefile",
            "io.sealos.images",
            "io.sealos.layout",
            "io.sealos.oci",
            "io.sealos.oci.trust");

    private static final List<Supplier<Object>> BUILDERS = List.of(
            BuildOptions::builder,
            ContainerConfig::builder,
            () -> Kubefile.builder().from("scratch"),
            () -> ChartScenario.builder("a"),
            ImageLock::builder,
            ImageScanner::builder,
            LayoutValidator::builder,
            ClusterImage::builder,
            VirtualContext::builder,
            RegistryAccess::builder,
            SignaturePolicy::builder);

    /** A valid argument for each type that has one. */
    private static final Map<Class<?>, Object> SAMPLES = samples();

    private static Map<Class<?>, Object> samples() {
        Map<Class<?>, Object> samples = new LinkedHashMap<>();
        samples.put(int.class, 1);
        samples.put(long.class, 1L);
        samples.put(double.class, 1.0);
        samples.put(boolean.class, true);
        samples.put(String.class, "a");
        samples.put(CharSequence.class, "a");
        samples.put(Object.class, "a");
        samples.put(Path.class, Path.of("a"));
        samples.put(Duration.class, Duration.ofSeconds(1));
        samples.put(URI.class, URI.create("https://registry.example"));
        samples.put(InputStream.class, new ByteArrayInputStream(new byte[0]));
        samples.put(PrintStream.class, System.err);
        samples.put(Optional.class, Optional.empty());
        samples.put(Platform.class, Platform.linuxAmd64());
        samples.put(ImageReference.class, ImageReference.parse("a:1"));
        samples.put(Digest.class, Digest.parse("sha256:" + "0".repeat(64)));
        samples.put(Kubefile.class, Kubefile.parse("FROM scratch\n"));
        samples.put(Executor.class, (Executor) Runnable::run);
        samples.put(List.class, List.of());
        samples.put(Collection.class, List.of());
        samples.put(Map.class, Map.of());
        samples.put(Set.class, Set.of());
        return samples;
    }

    @Test
    void settersWhenAnArgumentIsNullNameIt() {
        List<String> silent = new ArrayList<>();
        int tried = 0;
        for (Supplier<Object> builder : BUILDERS) {
            for (Method method : builder.get().getClass().getMethods()) {
                if (isOurs(method) && !Modifier.isStatic(method.getModifiers())) {
                    tried += check(method, builder, silent);
                }
            }
        }
        assertThat(silent).isEmpty();
        assertThat(tried).isGreaterThan(100);
    }

    @Test
    void factoriesWhenAnArgumentIsNullNameIt() {
        List<String> silent = new ArrayList<>();
        int tried = 0;
        for (Class<?> type : publicTypes()) {
            for (Method method : type.getDeclaredMethods()) {
                if (isOurs(method) && Modifier.isStatic(method.getModifiers())) {
                    tried += check(method, () -> null, silent);
                }
            }
        }
        assertThat(silent).isEmpty();
        assertThat(tried).isGreaterThan(50);
    }

    private static List<Class<?>> publicTypes() {
        return ArchitectureTests.CLASSES.stream()
                .filter(type -> EXPORTED.contains(type.getPackageName()))
                .map(JavaClass::reflect)
                .filter(NullArgumentTests::isPublic)
                .<Class<?>>map(type -> type)
                .toList();
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static boolean isOurs(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && method.getDeclaringClass() != Object.class
                && !method.getName().equals("equals")
                && !method.getName().equals("valueOf");
    }

    /** Passes null for each parameter in turn, and returns the number of calls. */
    private static int check(Method method, Supplier<Object> receiver, List<String> silent) {
        int tried = 0;
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive() && !isNullable(parameters[i])) {
                Optional<Object[]> arguments = arguments(parameters, i);
                if (arguments.isPresent()) {
                    tried++;
                    String answer = answer(method, receiver.get(), arguments.get());
                    if (!answer.matches(".*\\b" + parameters[i].getName() + "\\b.*")) {
                        silent.add(shown(method) + " " + parameters[i].getName() + ": " + answer);
                    }
                }
            }
        }
        return tried;
    }

    private static String shown(Executable method) {
        return method.getDeclaringClass().getName().replaceFirst(".*\\.", "") + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList();
    }

    private static boolean isNullable(Parameter parameter) {
        AnnotatedElement type = parameter.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Optional<Object[]> arguments(Parameter[] parameters, int empty) {
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            if (i != empty) {
                Optional<Object> sample = sample(parameters[i].getType());
                if (sample.isEmpty()) {
                    return Optional.empty();
                }
                arguments[i] = sample.get();
            }
        }
        return Optional.of(arguments);
    }

    private static Optional<Object> sample(Class<?> type) {
        if (SAMPLES.containsKey(type)) {
            return Optional.of(SAMPLES.get(type));
        }
        if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[0]);
        }
        if (type.isArray()) {
            return Optional.of(Array.newInstance(type.getComponentType(), 0));
        }
        return type.isInterface() && !type.isSealed()
                ? Optional.of(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (a, b, c) -> null))
                : Optional.empty();
    }

    private static String answer(Method method, Object receiver, Object[] arguments) {
        try {
            method.invoke(receiver, arguments);
            return "no exception";
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            return thrown instanceof NullPointerException ? "" + thrown.getMessage() : thrown.toString();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
