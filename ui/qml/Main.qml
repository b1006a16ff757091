pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "theme"
import "components"

// The window: top bar, one screen per visit state, the pad or keyboard below, and what may lie over everything.
//
// `keyboard/qml/GsKeyboard.qml`, where it exists, is loaded into the bottom panel. It has `property Item field` (the
// text item being written in, whose `pad` is "text" or "latin"), `mixUps`, an implicit height, and `signal done`.
Window {
    id: window

    required property Kiosk kiosk
    readonly property bool attract: kiosk.visit.state === "attract"
    readonly property GsInput line: window.activeFocusItem as GsInput
    readonly property GsLines lines: window.activeFocusItem as GsLines
    readonly property Item field: line !== null ? line : lines
    readonly property string pad: field === null || hands.byKeys && !hands.writing ? "" : line !== null ? line.pad : lines.pad
    readonly property bool panelOpen: digits.visible || keyboard.visible

    width: 1920
    height: 1080
    visible: true
    title: qsTr("近办")
    color: GsTheme.colour.page
    LayoutMirroring.enabled: GsTheme.mirrored
    LayoutMirroring.childrenInherit: true

    function leaveField(): void {
        // The stage is a focus scope: it would hand the focus straight back to the field it remembers.
        if (window.field !== null)
            window.field.focus = false;
        stage.forceActiveFocus();
    }

    function screenOf(state: string): string {
        const shared = {
            cases_card: "card",
            feedback_card: "card"
        };
        return "screens/" + (shared[state] ?? state).split("_").map(word => word[0].toUpperCase() + word.slice(1)).join("") + "Screen.qml";
    }

    // A screen never changes under a finger; one that is not lifted, or a speck of dirt, holds it up for a while only.
    function showSoon(): void {
        if (kiosk.idle.finger)
            lift.restart();
        else
            show();
    }

    function show(): void {
        lift.stop();
        const wanted = Qt.resolvedUrl(screenOf(kiosk.visit.state));
        statusSheet.open = false;
        finishDialog.open = false;
        languageSheet.open = false;
        leaveField();
        if (stage.source !== wanted)
            stage.setSource(wanted, {
                kiosk: window.kiosk
            });
    }

    Component.onCompleted: show()

    Connections {
        target: window.kiosk.visit
        function onEntered() {
            window.showSoon();
        }
    }
    Connections {
        target: window.kiosk.idle
        function onFingerChanged() {
            if (!window.kiosk.idle.finger && lift.running)
                window.show();
        }
    }
    Timer {
        id: lift
        interval: 3000
        onTriggered: window.show()
    }
    Binding {
        target: GsWords
        property: "hotline"
        value: window.kiosk.board.hotline
    }
    Binding {
        target: GsTheme
        property: "windowWidth"
        value: window.width
    }
    Binding {
        target: GsTheme
        property: "windowHeight"
        value: window.height
    }
    Binding {
        target: GsTheme
        property: "millimetre"
        value: window.kiosk.widthMm > 0 ? window.width / window.kiosk.widthMm : 0
    }
    Binding {
        target: GsTheme
        property: "elder"
        value: window.kiosk.preferences.elder
    }
    Binding {
        target: GsTheme
        property: "highContrast"
        value: window.kiosk.preferences.highContrast
    }
    Binding {
        target: GsTheme
        property: "english"
        value: window.kiosk.preferences.english
    }
    Binding {
        target: GsTheme
        property: "animate"
        value: window.kiosk.animate
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        GsTopBar {
            Layout.fillWidth: true
            kiosk: window.kiosk
            wayOut: window.kiosk.visit.underWay
            onStatusAsked: statusSheet.open = true
            onFinishAsked: finishDialog.open = true
            onLanguageAsked: languageSheet.open = true
        }
        Loader {
            id: stage
            objectName: "stage"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true

            Binding {
                target: stage.item
                property: "condensed"
                value: window.panelOpen
                when: stage.item !== null && "condensed" in stage.item
            }
        }
        GsCaption {
            visible: window.kiosk.preferences.spoken && window.kiosk.voice.caption !== ""
            Layout.fillWidth: true
            voice: window.kiosk.voice
        }
        GsReachBar {
            visible: GsTheme.portrait && !window.panelOpen
            Layout.fillWidth: true
            kiosk: window.kiosk
            onFinishAsked: finishDialog.open = true
            onLanguageAsked: languageSheet.open = true
        }
        GsIdPad {
            id: digits
            objectName: "idPad"
            LayoutMirroring.enabled: false
            LayoutMirroring.childrenInherit: true
            visible: window.pad === "number" || window.pad === "id"
            Layout.fillWidth: true
            field: window.field as TextInput
            letterX: window.pad === "id"
            onDone: window.leaveField()
        }
        Loader {
            id: keyboard
            objectName: "keyboard"
            LayoutMirroring.enabled: false
            LayoutMirroring.childrenInherit: true
            visible: item !== null && (window.pad === "text" || window.pad === "latin")
            Layout.fillWidth: true
            source: window.kiosk.keyboard

            Binding {
                target: keyboard.item
                property: "field"
                value: keyboard.visible ? window.field : null
                when: keyboard.item !== null
            }
            Binding {
                target: keyboard.item
                property: "mixUps"
                value: window.kiosk.mixUps
                when: keyboard.item !== null
            }
            Connections {
                target: keyboard.item
                ignoreUnknownSignals: true
                function onDone() {
                    window.leaveField();
                }
            }
        }
    }

    GsHands {
        id: hands
        objectName: "hands"
        kiosk: window.kiosk
        root: window.contentItem
        stage: stage
        panels: [digits, keyboard]
        dialogs: [countdown, finishDialog, statusSheet]
        focusItem: window.activeFocusItem
    }
    GsFrame {
        objectName: "frame"
        target: hands.target
    }
    GsStatusSheet {
        id: statusSheet
        objectName: "statusSheet"
        status: window.kiosk.status
    }
    GsLanguageSheet {
        id: languageSheet
        objectName: "languageSheet"
        preferences: window.kiosk.preferences
    }
    GsFinishDialog {
        id: finishDialog
        objectName: "finishDialog"
        visit: window.kiosk.visit
        cases: window.kiosk.cases
    }
    GsCountdown {
        id: countdown
        objectName: "countdown"
        seconds: window.kiosk.idle.secondsLeft
        onMore: window.kiosk.idle.moreTime()
        onFinish: window.kiosk.visit.finish(true)
    }
}
