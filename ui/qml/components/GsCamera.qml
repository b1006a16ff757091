pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The document camera: its live picture with a frame round the sheet, one plain sentence, and the shutter.
GridLayout {
    id: view

    required property CameraController camera
    required property VisitController visit

    readonly property bool tight: GsTheme.compact && !GsTheme.portrait
    readonly property string pageWords: ({
            nothing: camera.automatic ? qsTr("请把材料平放在摄像头下面，会自己拍") : qsTr("请把材料平放在摄像头下面"),
            dark: qsTr("太暗了，请打开旁边的灯"),
            moving: qsTr("请把纸放平，手拿开"),
            still: camera.automatic ? qsTr("看到了，别动…") : qsTr("放好了，就点“拍照”"),
            taking: qsTr("正在拍…"),
            taken: qsTr("拍好了。还有，就换下一张"),
            blank: qsTr("这一面是空白的，请翻过来")
        })[camera.sight] ?? ""
    readonly property string cardWords: ({
            nothing: camera.taken === 0 ? qsTr("请把身份证放在摄像头下面，有照片的一面朝上") : qsTr("请放身份证的另一面"),
            dark: qsTr("太暗了，请打开旁边的灯"),
            moving: qsTr("请把身份证放平，手拿开"),
            still: camera.automatic ? qsTr("看到了，别动…") : qsTr("放好了，就点“拍照”"),
            taking: qsTr("正在拍…"),
            taken: qsTr("这一面拍好了，请翻过来")
        })[camera.sight] ?? ""
    readonly property bool good: camera.sight === "still" || camera.sight === "taking" || camera.sight === "taken"

    columns: GsTheme.portrait ? 1 : 2
    columnSpacing: GsTheme.gapLarge
    rowSpacing: GsTheme.gap

    GsSurface {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.bottomMargin: GsTheme.portrait ? 0 : GsTheme.gap
        colour: GsTheme.colour.sunken

        LiveView {
            objectName: "livePicture"
            anchors.fill: parent
            anchors.margins: GsTheme.px(6)
            camera: view.camera
            readyColour: GsTheme.colour.good
            waitingColour: GsTheme.colour.warn
            stroke: GsTheme.px(GsTheme.highContrast ? 8 : 5)
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("摄像头现在看到的画面")
        }
        GsWaiting {
            visible: !view.camera.showing
            anchors.centerIn: parent
            width: parent.width - 2 * GsTheme.gapLarge
            text: qsTr("正在打开摄像头")
        }
    }
    ColumnLayout {
        Layout.fillWidth: GsTheme.portrait
        Layout.fillHeight: !GsTheme.portrait
        Layout.preferredWidth: GsTheme.px(GsTheme.elder ? 560 : 480)
        Layout.bottomMargin: GsTheme.gap
        spacing: view.tight ? GsTheme.gapSmall : GsTheme.gap

        GsBanner {
            objectName: "cameraSays"
            visible: view.camera.showing && text !== ""
            Layout.fillWidth: true
            text: view.camera.idCard ? view.cardWords : view.pageWords
            mood: view.camera.sight === "dark" || view.camera.sight === "blank" ? "warn" : view.good ? "good" : "info"
            iconName: view.camera.sight === "taken" ? "circle-check" : view.camera.sight === "still" ? "eye" : view.camera.sight === "dark" || view.camera.sight === "blank" ? "alert-triangle" : view.camera.sight === "taking" ? "camera" : "info-circle"
        }
        GsText {
            visible: view.camera.showing
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: view.camera.idCard ? qsTr("已拍 %1 面，共 2 面").arg(view.camera.taken) : qsTr("已拍 %1 页").arg(view.camera.taken)
            strong: true
        }
        GsButton {
            objectName: "shutter"
            Layout.fillWidth: true
            small: view.tight
            text: qsTr("拍照")
            iconName: "camera"
            enabled: view.camera.showing && view.camera.sight !== "taking"
            onClicked: view.camera.shutter()
        }
        GsButton {
            objectName: view.camera.idCard ? "takePages" : "takeIdCard"
            Layout.fillWidth: true
            small: view.tight
            text: view.camera.idCard ? qsTr("拍一般的纸") : qsTr("拍身份证两面")
            iconName: view.camera.idCard ? "file-text" : "id"
            onClicked: view.camera.wantIdCard(!view.camera.idCard)
        }
        GsText {
            visible: view.camera.idCard && !(view.tight && GsTheme.elder)
            Layout.fillWidth: true
            role: "small"
            soft: true
            text: qsTr("两面印在一张纸上，并写明只供办这一件事使用。")
        }
        GsProblem {
            Layout.fillWidth: true
            visit: view.visit
        }
        Item {
            visible: !GsTheme.portrait
            Layout.fillHeight: true
        }
    }
}
