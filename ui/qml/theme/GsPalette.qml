import QtQuick

// Colour roles. Every text role keeps >= 4.5:1 against every surface it is used on, in both palettes.
QtObject {
    required property bool contrast

    readonly property color page: contrast ? "#000000" : "#f4f1ea"
    readonly property color surface: contrast ? "#0b0b0b" : "#ffffff"
    readonly property color sunken: contrast ? "#1c1c1c" : "#ece8df"
    readonly property color line: contrast ? "#8c8c8c" : "#ddd7ca"
    readonly property color lineStrong: contrast ? "#ffffff" : "#7d7a72"
    readonly property color text: contrast ? "#ffffff" : "#1b2a2d"
    readonly property color textSoft: contrast ? "#e6e6e6" : "#4b595c"

    readonly property color accent: contrast ? "#ffd60a" : "#0d5c66"
    readonly property color accentPressed: contrast ? "#ffe97a" : "#083f47"
    readonly property color accentLabel: contrast ? "#000000" : "#ffffff"
    readonly property color accentSoft: contrast ? "#2b2600" : "#e0eeed"
    readonly property color accentInk: contrast ? "#ffd60a" : "#0b525b"

    readonly property color good: contrast ? "#8df2ac" : "#1c6a43"
    readonly property color goodSoft: contrast ? "#08240f" : "#e2f1e7"
    readonly property color warn: contrast ? "#ffd60a" : "#7f4b00"
    readonly property color warnSoft: contrast ? "#2b2600" : "#fbeed5"
    readonly property color bad: contrast ? "#ff9c94" : "#9c2219"
    readonly property color badSoft: contrast ? "#330b08" : "#fae6e3"
    readonly property color info: contrast ? "#9cd0ff" : "#1d4d82"
    readonly property color infoSoft: contrast ? "#0a1f33" : "#e4edf7"

    readonly property color focus: contrast ? "#ffffff" : "#c56a00"
    readonly property color scrim: contrast ? "#cc000000" : "#99172426"
    readonly property color shade: contrast ? "#00000000" : "#0d2a2417"
}
