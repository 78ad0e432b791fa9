package org.betadrift.it.felix;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** The rules of the house, read off the shipped bundles. */
class StructureIT {
    private static final Pattern VERSIONED = Pattern.compile("org\\.betadrift\\.[a-z]+;version=\"\\d+\\.\\d+\\.\\d+\"");
    private static final String LIBRARY = "org.betadrift.likelihood";
    private static List<Path> ours;
    private static JavaClasses classes;

    @BeforeAll
    static void read() throws IOException {
        ours = Felix.distributionBundles().stream().filter(jar -> jar.getFileName().toString().startsWith("org.betadrift.")).toList();
        List<JarFile> jars = new ArrayList<>();
        for (Path jar : ours) {
            jars.add(new JarFile(jar.toFile()));
        }
        classes = new ClassFileImporter().importJars(jars).that(com.tngtech.archunit.base.DescribedPredicate.describe("ours",
                c -> c.getPackageName().startsWith("org.betadrift.")));
        assertThat(classes.size()).isGreaterThan(80);
    }

    @Test
    void onlyTheApiAndTheLibraryExportAndEveryPackageHasAVersion() throws IOException {
        for (Path jar : ours) {
            String name = header(jar, Constants.BUNDLE_SYMBOLICNAME);
            String exports = header(jar, Constants.EXPORT_PACKAGE);
            if (name.equals("org.betadrift.api")) {
                List<String> clauses = List.of(exports.replaceAll(";uses:=\"[^\"]*\"", "").split(","));
                assertThat(clauses).hasSize(7).allSatisfy(clause -> assertThat(clause).matches(VERSIONED));
            } else if (name.equals(LIBRARY)) {
                assertThat(exports.replaceAll(";uses:=\"[^\"]*\"", "")).startsWith(LIBRARY + ";").matches(VERSIONED);
            } else if (name.equals("org.betadrift.ejml")) {
                assertThat(exports).doesNotContain("org.betadrift");
            } else {
                assertThat(exports).as(name).isEmpty();
            }
        }
    }

    @Test
    void aBundleIsNamedAsItsPackage() throws IOException {
        for (Path jar : ours) {
            String name = header(jar, Constants.BUNDLE_SYMBOLICNAME);
            assertThat(jar.getFileName().toString()).startsWith(name + "-");
            if (!List.of("org.betadrift.api", "org.betadrift.ejml", LIBRARY).contains(name)) {
                // a family of kernels may have a package of its own below it
                assertThat(packages(jar)).as(name).contains(name + ".internal").allMatch(p -> (p + ".").startsWith(name + ".internal."));
            }
        }
    }

    @Test
    void noPackageIsInTwoBundles() throws IOException {
        Map<String, List<String>> bundlesByPackage = new HashMap<>();
        for (Path jar : ours) {
            packages(jar).forEach(p -> bundlesByPackage.computeIfAbsent(p, x -> new ArrayList<>()).add(jar.getFileName().toString()));
        }
        assertThat(bundlesByPackage).allSatisfy((p, jars) -> assertThat(jars).as(p).hasSize(1));
    }

    @Test
    void theApiKnowsNobody() {
        noClasses().that().resideInAnyPackage("org.betadrift.model", "org.betadrift.filter", "org.betadrift.estimation",
                        "org.betadrift.diagnostic", "org.betadrift.run", "org.betadrift.report", "org.betadrift.data")
                .should().dependOnClassesThat().resideOutsideOfPackages("java..", "org.betadrift.model", "org.betadrift.filter",
                        "org.betadrift.estimation", "org.betadrift.diagnostic", "org.betadrift.run", "org.betadrift.report",
                        "org.betadrift.data", "org.osgi.annotation..", "org.osgi.service.component.annotations")
                .check(classes);
        slices().matching("org.betadrift.(*)").should().beFreeOfCycles().check(classes);
    }

    /** What it exports shows nothing of the mathematics it uses. */
    @Test
    void theLibraryKnowsOnlyTheApi() {
        noClasses().that().resideInAPackage(LIBRARY).should().dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.betadrift.model", "org.betadrift.filter", "org.betadrift.estimation", LIBRARY,
                        "org.apache.commons.math3..", "org.osgi.annotation..").check(classes);
        noClasses().that().resideInAPackage(LIBRARY).and().arePublic().should().dependOnClassesThat()
                .resideInAPackage("org.apache.commons.math3..").check(classes);
    }

    @Test
    void strategyBundlesKnowOnlyTheApi() {
        slices().matching("org.betadrift.(**).internal").should().notDependOnEachOther().check(classes);
    }

    @Test
    void nothingPrintsOrLooksAClassUpByName() {
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould().callMethod(Class.class, "forName", String.class)
                .orShould().callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.ServiceLoader")
                .check(classes);
    }

    private static String header(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes headers = file.getManifest().getMainAttributes();
            return headers.getValue(name) == null ? "" : headers.getValue(name);
        }
    }

    private static List<String> packages(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(e -> e.getName()).filter(e -> e.endsWith(".class") && e.contains("/"))
                    .map(e -> e.substring(0, e.lastIndexOf('/')).replace('/', '.')).distinct().collect(Collectors.toList());
        }
    }
}
