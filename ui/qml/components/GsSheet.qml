pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The fingerprint sheet in three steps: print it, mark it with a witness, scan it. Beside them the sheet as scanned.
GridLayout {
    id: pane

    required property SheetController sheet
    required property VisitController visit
    readonly property bool tight: GsTheme.compact && !GsTheme.portrait
    readonly property string printWords: ({
            printing: qsTr("正在打印签字页"),
            printed: qsTr("签字页打好了，请在出纸口取。"),
            failed: sheet.paper.cause
        })[sheet.paper.state] ?? ""

    columns: GsTheme.portrait ? 1 : 2
    columnSpacing: 0
    rowSpacing: GsTheme.gap

    component GsSheetStep: RowLayout {
        id: step
        required property int number
        required property string text
        Layout.fillWidth: true
        spacing: GsTheme.gap
        Rectangle {
            Layout.alignment: Qt.AlignTop
            implicitWidth: GsTheme.px(44 * GsTheme.titles)
            implicitHeight: implicitWidth
            radius: implicitWidth / 2
            color: GsTheme.colour.accentSoft
            GsText {
                anchors.centerIn: parent
                text: step.number
                role: "small"
                strong: true
                color: GsTheme.colour.accentInk
            }
        }
        GsText {
            Layout.fillWidth: true
            text: step.text
        }
    }

    GsScroll {
        id: steps
        Layout.fillWidth: true
        Layout.fillHeight: !GsTheme.portrait
        Layout.preferredHeight: GsTheme.portrait ? Math.min(steps.flickable.contentHeight, pane.height * 0.62) : -1
        spacing: pane.tight ? GsTheme.gapSmall : GsTheme.gap

        GsSheetStep {
            number: 1
            text: qsTr("打印签字页。")
        }
        GsButton {
            objectName: "printSheet"
            Layout.fillWidth: true
            small: pane.tight
            kind: pane.sheet.paper.state === "idle" ? "primary" : "secondary"
            text: pane.sheet.paper.state === "printed" ? qsTr("再打一张") : pane.sheet.paper.state === "printing" ? qsTr("正在打印") : qsTr("打印签字页")
            iconName: "printer"
            enabled: pane.sheet.paper.state !== "printing"
            onClicked: pane.sheet.print()
        }
        GsBanner {
            objectName: "sheetBanner"
            visible: text !== ""
            Layout.fillWidth: true
            mood: pane.sheet.paper.state === "printed" ? "good" : pane.sheet.paper.state === "failed" ? "warn" : "info"
            iconName: pane.sheet.paper.state === "failed" ? "printer-off" : "printer"
            text: pane.printWords
            action: pane.sheet.paper.state === "failed" ? pane.sheet.paper.action : ""
        }
        GsSheetStep {
            number: 2
            text: qsTr("请见证人把填的内容念给您听，代您写上姓名；您在红框里按手印，见证人签名。")
        }
        GsSheetStep {
            number: 3
            text: qsTr("把签字页正面朝下放进扫描仪，扫描。")
        }
        GsButton {
            objectName: "scanSheet"
            Layout.fillWidth: true
            small: pane.tight
            kind: pane.sheet.paper.state === "idle" || pane.sheet.scanned ? "secondary" : "primary"
            text: pane.sheet.scanning ? qsTr("正在扫描") : pane.sheet.scanned ? qsTr("重新扫描") : qsTr("扫描签字页")
            iconName: "scan"
            enabled: !pane.sheet.scanning
            onClicked: pane.sheet.scan()
        }
        GsBanner {
            objectName: "sheetFound"
            visible: pane.sheet.scanned
            Layout.fillWidth: true
            mood: pane.sheet.found === "ours" ? "good" : "warn"
            iconName: pane.sheet.found === "ours" ? "circle-check" : "alert-triangle"
            text: ({
                    ours: qsTr("是这次申请的签字页。"),
                    other: qsTr("这张签字页是别的申请的，请放对应的那张再扫。")
                })[pane.sheet.found] ?? qsTr("没认出签字页上的码，请看清楚是不是这张，手印清不清楚。")
        }
        GsProblem {
            Layout.fillWidth: true
            visit: pane.visit
        }
    }
    GsSurface {
        Layout.fillWidth: GsTheme.portrait
        Layout.fillHeight: true
        Layout.preferredWidth: GsTheme.portrait ? -1 : GsTheme.px(GsTheme.compact ? 420 : 560)
        Layout.leftMargin: GsTheme.portrait ? GsTheme.margin : 0
        Layout.rightMargin: GsTheme.margin
        Layout.bottomMargin: GsTheme.gap
        colour: GsTheme.colour.sunken

        Image {
            objectName: "sheetPreview"
            visible: pane.sheet.scanned
            anchors.fill: parent
            anchors.margins: GsTheme.gap
            fillMode: Image.PreserveAspectFit
            cache: false
            source: visible ? pane.sheet.preview : ""
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("扫描的签字页")
        }
        GsWaiting {
            visible: pane.sheet.scanning
            anchors.centerIn: parent
            width: parent.width - 2 * GsTheme.gapLarge
            text: qsTr("正在扫描，请不要动材料")
        }
        GsText {
            visible: !pane.sheet.scanned && !pane.sheet.scanning
            anchors.centerIn: parent
            width: parent.width - 2 * GsTheme.gapLarge
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("扫描好的签字页会显示在这里")
            color: GsTheme.colour.textSoft
        }
    }
}
