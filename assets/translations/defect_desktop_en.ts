<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>Announcer</name>
    <message numerus="yes">
        <source>%n photo(s) classified</source>
        <translation>
            <numerusform>%n photo classified</numerusform>
            <numerusform>%n photos classified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them in an earlier run</source>
        <translation>
            <numerusform>%n of them in an earlier run</numerusform>
            <numerusform>%n of them in an earlier run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) a check</source>
        <translation>
            <numerusform>%n needs a check</numerusform>
            <numerusform>%n need a check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to {file}.</source>
        <translation>
            <numerusform>%n row written to {file}.</numerusform>
            <numerusform>%n rows written to {file}.</numerusform>
        </translation>
    </message>
</context>
</TS>
